import { Message, type OperationDoc } from "@models";
import type { Actor } from "@/server/lib/actor";
import { cacheKey, findCachedAnswer } from "@/server/services/ai/response-cache";
import { holdOperation } from "@/server/services/credits/hold-operation";
import { openOperation } from "@/server/services/credits/open-operation";
import { operationBegun } from "@/server/services/credits/operation-begun";
import { agreedCost } from "@/server/services/credits/quote";
import { failOperation } from "@/server/services/credits/settle-operation";
import { noteEvent } from "@/server/services/observability/note-event";
import { refuseWhileDraining } from "@/server/services/runs/draining";
import { entitlementsOf } from "@/server/services/settings/current-settings";
import { requireFeature } from "@/server/services/settings/features";
import type { ChatEvent, SendMessageInput } from "@/shared/chat";
import { AppError, toAppError } from "@/shared/errors";
import { deliverAnswer } from "./deliver-answer";
import { followAnswer } from "./follow-answer";
import { loadThread, type Thread } from "./load-thread";
import { answerIds, persistQuestion } from "./persist-question";
import { runAnswer } from "./run-answer";
import { SYSTEM_PROMPT } from "./system-prompt";

/**
 * Answers a message: from the cache for nothing, else by a provider for the quoted price. What can fail before the
 * answer begins is thrown; after that it is an `error` event. The answer is written whether or not anyone follows.
 * @throws AppError FORBIDDEN · CONFLICT · NOT_FOUND · VALIDATION · IDEMPOTENCY_MISMATCH · INSUFFICIENT_CREDITS ·
 *   RATE_LIMITED · SERVICE_UNAVAILABLE, and for a repeated key whatever its first use ended with.
 */
export async function sendMessage(
  actor: Actor,
  input: SendMessageInput,
  signal: AbortSignal,
): Promise<AsyncIterable<ChatEvent>> {
  if (input.model === "smart") {
    if (!entitlementsOf(actor.user.role).smart) {
      throw new AppError("FORBIDDEN", "The smart model is for subscribers.");
    }
    requireFeature("smart", actor.user.id);
  }
  refuseWhileDraining();
  const amount = agreedCost({ kind: "chat", model: input.model }, input.expectedCost);
  const thread = await loadThread(actor.user.id, input);
  const { idempotencyKey, expectedCost: _, ...request } = input;
  const { operation, isNew } = await openOperation({
    actor,
    idempotencyKey,
    kind: "chat",
    amount,
    request,
    result: (op) => ({
      conversationId: thread.conversationId ?? `c_${op}`,
      userMessageId: thread.questionId ?? `u_${op}`,
      messageId: `m_${op}`,
    }),
  });
  if (isNew) await beginAnswer(actor, input, thread, operation);
  else await operationBegun(operation, signal, () => Message.exists({ _id: answerIds(operation).messageId }));
  return answerEvents(operation, signal);
}

/** Finds the answer in the cache, or pays for it and sets a provider to work. */
async function beginAnswer(
  actor: Actor,
  input: SendMessageInput,
  thread: Thread,
  operation: OperationDoc,
): Promise<void> {
  const { log } = actor;
  const question = { tier: input.model, system: SYSTEM_PROMPT, turns: thread.turns, userId: actor.user.id };
  const key = cacheKey(question);
  const mayShare = !(input.skipCache || input.regenerateOf);
  if (!mayShare) noteEvent(log, { event: "cache", outcome: "skipped" });
  const cached = mayShare ? await findCachedAnswer(key, log) : undefined;
  if (!cached) await holdOperation(operation);
  try {
    await persistQuestion(operation, input, thread);
    if (cached) {
      const { text, ...by } = cached;
      await deliverAnswer(operation, { text, outcome: "cached", cost: 0, by: { ...by, fallback: false } }, log);
      return;
    }
  } catch (error) {
    await failOperation(operation, cached ? "NEW" : "HELD", toAppError(error).code);
    throw error;
  }
  runAnswer({ ...question, operation, cacheKey: key, sharedKey: mayShare ? key : undefined, log });
}

async function* answerEvents(operation: OperationDoc, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const ids = answerIds(operation);
  yield { type: "start", ...ids, requestId: operation.requestId, quotedCost: operation.amount };
  yield* followAnswer({ userId: operation.userId, messageId: ids.messageId, from: 0, signal });
}
