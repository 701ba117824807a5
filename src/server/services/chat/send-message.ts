import { Message, type OperationDoc } from "@models";
import type { Actor } from "@/server/lib/actor";
import { cacheKey, flyAlone, joinFlight, leaveFlight } from "@/server/services/ai/response-cache";
import { holdCredits } from "@/server/services/credits/hold-operation";
import { openOperation } from "@/server/services/credits/open-operation";
import { operationBegun } from "@/server/services/credits/operation-begun";
import { agreedCost } from "@/server/services/credits/quote";
import { noteEvent } from "@/server/services/observability/note-event";
import { refuseWhileDraining } from "@/server/services/runs/draining";
import { entitlementsOf } from "@/server/services/settings/current-settings";
import { requireFeature } from "@/server/services/settings/features";
import type { ChatEvent, SendMessageInput } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { followAnswer } from "./follow-answer";
import { loadThread, type Thread } from "./load-thread";
import { answerIds, type KnownAnswer, persistQuestion } from "./persist-question";
import { replayAnswer } from "./replay-answer";
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
  const question = { tier: input.model, system: SYSTEM_PROMPT, turns: thread.turns, userId: actor.user.id };
  const key = cacheKey(question);
  const { log } = actor;
  const mayShare = !(input.skipCache || input.regenerateOf);
  if (!mayShare) noteEvent(log, { event: "cache", outcome: "skipped" });
  const joining = mayShare ? joinFlight(key, log) : flyAlone(key, log);
  let isAsked = false;
  try {
    const { operation, isNew } = await openChat(actor, input, thread, amount);
    const flight = await joining;
    const persist = (known?: KnownAnswer) => persistQuestion(operation, input, thread, known);
    if (!isNew) await operationBegun(operation, signal, () => Message.exists({ _id: answerIds(operation).messageId }));
    else if (flight.role === "found") {
      replayAnswer({ operation, persist, known: { ...flight.answer, fallback: false }, log });
    } else {
      await holdCredits(operation);
      isAsked = true;
      await runAnswer({ ...question, operation, persist, cacheKey: key, flight, log });
    }
    return answerEvents(operation, signal);
  } finally {
    if (!isAsked) await leaveFlight(await joining);
  }
}

function openChat(actor: Actor, input: SendMessageInput, thread: Thread, amount: number) {
  const { idempotencyKey, expectedCost: _, ...request } = input;
  return openOperation({
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
}

function answerEvents(operation: OperationDoc, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const { userId, requestId, amount: quotedCost } = operation;
  const ids = answerIds(operation);
  const start = { type: "start" as const, ...ids, requestId, quotedCost };
  return followAnswer({ userId, messageId: ids.messageId, from: 0, signal, start });
}
