import type { OperationDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { failOperation } from "@/server/services/credits/settle-operation";
import { tellFailure } from "@/server/services/runs/tell-failure";
import { toAppError } from "@/shared/errors";
import { answers } from "./answers";
import { answerError, concludeAnswer } from "./deliver-answer";
import { answerIds, type KnownAnswer } from "./persist-question";

export interface ReplayJob {
  operation: OperationDoc;
  /** Writes down the question and its answer. */
  persist: (known: KnownAnswer) => Promise<void>;
  known: KnownAnswer;
  log: Logger;
}

/**
 * Delivers an answer that is known already, for nothing and without a hold, whatever the balance. It can be read as soon
 * as it is written down, which is when this resolves. Rejects with what prevented that.
 */
export async function replayAnswer({ operation, persist, known, log }: ReplayJob): Promise<void> {
  const { text, ...by } = known;
  try {
    await persist(known);
  } catch (error) {
    await failOperation(operation, "NEW", toAppError(error).code);
    throw error;
  }
  const provider = { type: "provider" as const, ...by };
  answers.start(answerIds(operation).messageId, { text, provider }, async (run) => {
    try {
      run.update({ end: await concludeAnswer(operation, { outcome: "cached", cost: 0, by }, log) });
    } catch (error) {
      // Decided elsewhere, or not to be written down: the sweep does what is left.
      log.error({ err: error }, "known answer lost its database");
      const { code, message } = tellFailure(error);
      run.update({ end: answerError(code, message, operation.requestId, true) });
    }
  });
}
