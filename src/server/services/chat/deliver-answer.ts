import { Message, type OperationDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import type { AnsweredBy } from "@/server/services/ai/answer-with-failover";
import { completeOperation, failOperation, settleOperation } from "@/server/services/credits/settle-operation";
import type { AppEvent } from "@/server/services/observability/app-event";
import { noteEvent } from "@/server/services/observability/note-event";
import type { ChatEvent, ChatMessage } from "@/shared/chat";
import { AppError, type ErrorCode } from "@/shared/errors";
import { toChatMessage } from "./conversation-view";
import { answerIds } from "./persist-question";

export interface FinishedAnswer {
  text: string;
  outcome: NonNullable<OperationDoc["outcome"]>;
  cost: number;
  by: AnsweredBy | undefined;
  /** From the question to the first words, when they came from a provider. */
  firstTokenMs?: number;
}

/**
 * Steps 3b to 6 of the ledger for an answer: the text is written, the decision taken, and only then is the answer
 * shown as final and paid for.
 * @throws AppError SERVICE_UNAVAILABLE when the operation was decided elsewhere: the answer is discarded, nothing charged.
 */
export async function deliverAnswer(
  operation: OperationDoc,
  answer: FinishedAnswer,
  log: Logger,
): Promise<Extract<ChatEvent, { type: "done" }>> {
  const { messageId } = answerIds(operation);
  await Message.native().updateOne(
    { _id: messageId, status: "streaming" },
    { $set: { content: answer.text, ...answer.by } },
  );
  return concludeAnswer(operation, answer, log);
}

/** Steps 4 to 6, for an answer whose text is written already. @throws AppError as `deliverAnswer` does. */
export async function concludeAnswer(
  operation: OperationDoc,
  answer: Omit<FinishedAnswer, "text">,
  log: Logger,
): Promise<Extract<ChatEvent, { type: "done" }>> {
  const from = operation.state === "HELD" ? "HELD" : "NEW";
  if (!(await completeOperation(operation, from, answer))) throw new AppError("SERVICE_UNAVAILABLE");
  const { outcome, cost: charged, firstTokenMs, by } = answer;
  noteAnswer(log, operation, { outcome, charged, firstTokenMs, by });
  const message = await publishAnswer(operation);
  const balance = await settleOperation(operation);
  if (!message) throw new AppError("NOT_FOUND", "The conversation was removed while it was being answered.");
  return { type: "done", message, charged: answer.cost, cached: answer.outcome === "cached", balance };
}

/**
 * The same for an answer that did not come: whatever text there is stays, labelled, and nothing is charged.
 * @returns the in-band error the readers of the stream are sent.
 */
export async function failAnswer(
  operation: OperationDoc,
  text: string,
  error: AppError,
  by: AnsweredBy | undefined,
  log: Logger,
): Promise<Extract<ChatEvent, { type: "error" }>> {
  const { messageId } = answerIds(operation);
  const kept = error.code === "CONTENT_BLOCKED" ? "" : text;
  const status = kept === "" ? ("failed" as const) : ("interrupted" as const);
  await Message.updateOne(
    { _id: messageId, status: "streaming" },
    { $set: { content: kept, status, charged: 0, errorCode: error.code, ...by } },
  );
  const won = await failOperation(operation, operation.state === "HELD" ? "HELD" : "NEW", error.code);
  if (won) noteAnswer(log, operation, { outcome: status, charged: 0, code: error.code, by });
  return answerError(error.code, error.message, operation.requestId, kept !== "");
}

type AnswerEnd = Pick<AnswerEvent, "outcome" | "charged" | "firstTokenMs" | "code"> & { by?: AnsweredBy };
type AnswerEvent = Extract<AppEvent, { event: "answer" }>;

/** Tells how an answer ended, once it is decided. */
export function noteAnswer(log: Logger, { createdAt }: OperationDoc, { by, ...end }: AnswerEnd): void {
  const ms = Date.now() - createdAt.getTime();
  noteEvent(log, { event: "answer", ...end, ms, provider: by?.provider, fallback: by?.fallback });
}

/** An in-band error event. */
export function answerError(
  code: ErrorCode,
  message: string,
  requestId: string,
  partial: boolean,
): Extract<ChatEvent, { type: "error" }> {
  return { type: "error", code, message, requestId, partial };
}

/** Shows an answer that was decided as final. Safe to repeat. Null when the message is gone. */
export async function publishAnswer(operation: OperationDoc): Promise<ChatMessage | null> {
  const { cost = 0, outcome } = operation;
  const status = outcome === "stopped" ? ("stopped" as const) : ("complete" as const);
  const message = await Message.native().findOneAndUpdate(
    { _id: answerIds(operation).messageId },
    { $set: { status, cached: outcome === "cached", charged: cost }, $unset: { errorCode: 1 } },
    { returnDocument: "after" },
  );
  return message && toChatMessage(message);
}

/** Labels an answer whose worker is gone: what was written of it stays. Safe to repeat. */
export async function markAnswerLost(operation: OperationDoc): Promise<void> {
  const { messageId } = answerIds(operation);
  const lost = { charged: 0, errorCode: operation.errorCode ?? "SERVICE_UNAVAILABLE" };
  const running = { _id: messageId, status: "streaming" as const };
  await Message.updateOne({ ...running, content: "" }, { $set: { ...lost, status: "failed" as const } });
  await Message.updateOne(running, { $set: { ...lost, status: "interrupted" as const } });
}
