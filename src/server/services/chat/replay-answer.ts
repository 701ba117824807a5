import type { OperationDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { tellFailure } from "@/server/services/runs/tell-failure";
import { type AnswerState, answers } from "./answers";
import { answerError, concludeAnswer, failAnswer } from "./deliver-answer";
import { answerIds, type KnownAnswer } from "./persist-question";

export interface ReplayJob {
  operation: OperationDoc;
  /** Writes down the question and its answer. */
  persist: (known: KnownAnswer) => Promise<void>;
  known: KnownAnswer;
  log: Logger;
}

/**
 * Delivers an answer that is known already, for nothing and without a hold, whatever the balance. It can be read at once;
 * it is written down meanwhile, and told to be final only then.
 */
export function replayAnswer(job: ReplayJob): void {
  const { operation, log } = job;
  const { text, ...by } = job.known;
  const provider = { type: "provider" as const, ...by };
  answers.start(answerIds(operation).messageId, { text, provider }, async (run) => {
    try {
      run.update({ end: await writeKnown(job) });
    } catch (error) {
      // Decided elsewhere, or not to be written down: the sweep does what is left.
      log.error({ err: error }, "known answer lost its database");
      const { code, message } = tellFailure(error);
      run.update({ end: answerError(code, message, operation.requestId, true) });
    }
  });
}

async function writeKnown({ operation, persist, known, log }: ReplayJob): Promise<AnswerState["end"]> {
  const { text, ...by } = known;
  try {
    await persist(known);
  } catch (error) {
    return failAnswer(operation, text, tellFailure(error), by, log);
  }
  return concludeAnswer(operation, { outcome: "cached", cost: 0, by }, log);
}
