import type { OperationDoc } from "@models";
import { searchTerms } from "@/server/lib/search-terms";
import { costOf } from "@/server/services/ai/provider-prices";
import type { ChatTier } from "@/shared/chat";
import type { ErrorCode } from "@/shared/errors";
import { after, type Scene } from "./past";
import { isSubscriber, type Person } from "./person";
import { failsNow, tell } from "./story";
import { TOPICS } from "./topics";
import { beginUse } from "./use";

const TITLE_LENGTH = 60;

interface Answered {
  /** From the question on. */
  ms: number;
  firstTokenMs?: number;
  by?: { provider: string; model: string; fallback: boolean };
}

/** One question and what came of it. False when there were too few credits for it. */
export function ask(scene: Scene, person: Person, at: Date): boolean {
  const { chance, past, settings } = scene;
  const thread = currentThread(scene, person);
  const tier: ChatTier = isSubscriber(person, at) && chance.happens(0.3) ? "smart" : "fast";
  const amount = tier === "smart" ? settings.prices.chatSmart : settings.prices.chatFast;
  // Somebody else has begun like this before.
  const cached = thread.turn === 0 && chance.happens(0.13);
  const use = beginUse(scene, person, at, {
    kind: "chat",
    amount,
    result: (op) => ({
      conversationId: thread.conversationId || `c_${op}`,
      userMessageId: `u_${op}`,
      messageId: `m_${op}`,
    }),
  });
  past.operations.push(use);
  tell(scene, use, 2, { event: "limit", limit: "chat", allowed: true });
  if (!cached && person.books.available < amount) {
    Object.assign(use, { state: "FAILED", errorCode: "INSUFFICIENT_CREDITS" });
    endCall(scene, use, 9, "INSUFFICIENT_CREDITS");
    return false;
  }
  const answered = cached ? fromCache(scene, use, tier) : fromProviders(scene, use, tier);
  if (!cached) person.books.use(use, after(at, answered.ms));
  endCall(scene, use, answered.ms);
  writeThread(scene, person, thread, use, tier, answered);
  return true;
}

type Thread = NonNullable<Person["thread"]>;

function currentThread({ chance }: Scene, person: Person): Thread {
  const { thread } = person;
  if (thread && thread.turn < thread.topic.length && chance.happens(0.85)) return thread;
  return { conversationId: "", topic: chance.pick(TOPICS), turn: 0, lastMessageId: "" };
}

function fromCache(scene: Scene, use: OperationDoc, tier: ChatTier): Answered {
  const { chance, settings } = scene;
  const ms = chance.whole(6, 30);
  const [first] = settings.chatProviders;
  use.outcome = "cached";
  tell(scene, use, 4, { event: "cache", outcome: "hit" });
  tell(scene, use, ms, { event: "answer", outcome: "cached", charged: 0, ms });
  return { ms, by: first && { provider: first.name, model: first[tier], fallback: false } };
}

/** Asks one provider after the other, as services/ai/answer-with-failover does. */
function fromProviders(scene: Scene, use: OperationDoc, tier: ChatTier): Answered {
  const { chance, settings } = scene;
  tell(scene, use, 4, { event: "cache", outcome: "miss" });
  let ms = 8;
  for (const [index, { name: provider, [tier]: model }] of settings.chatProviders.entries()) {
    const call = { event: "provider" as const, provider, model, kind: "chat" as const, sandbox: true };
    if (failsNow(scene, provider, use.createdAt)) {
      const failure = chance.pick(["503", "429", "timeout", "reset"]);
      const took = failure === "timeout" ? 10_000 : chance.around(250);
      ms += took;
      tell(scene, use, ms, { ...call, outcome: "failed", failure, ms: took, costMicros: 0 });
      continue;
    }
    return answer(scene, use, ms, { ...call, fallback: index > 0 });
  }
  return fail(scene, use, ms, "PROVIDER_UNAVAILABLE");
}

interface Answering {
  event: "provider";
  provider: string;
  model: string;
  kind: "chat";
  sandbox: boolean;
  fallback: boolean;
}

function answer(scene: Scene, use: OperationDoc, before: number, { fallback, ...call }: Answering): Answered {
  const { chance } = scene;
  const smart = use.amount > scene.settings.prices.chatFast;
  const first = chance.around(smart ? 900 : 420);
  const took = first + chance.around(smart ? 5_200 : 2_300);
  const tokens = { inputTokens: chance.around(320), outputTokens: chance.around(240) };
  const costMicros = costOf(call.provider, call.model, tokens, use.createdAt) ?? 0;
  const ms = before + took;
  if (chance.happens(0.006)) {
    tell(scene, use, ms, { ...call, outcome: "answered", ms: took, costMicros: 0 });
    return fail(scene, use, ms, "CONTENT_BLOCKED");
  }
  tell(scene, use, ms, { ...call, ...tokens, outcome: "answered", ms: took, firstTokenMs: first, costMicros });
  const firstTokenMs = before + first;
  use.cost = use.amount;
  use.outcome = chance.happens(0.03) ? "stopped" : "complete";
  use.firstTokenMs = firstTokenMs;
  const by = { provider: call.provider, model: call.model, fallback };
  tell(scene, use, ms, { event: "answer", outcome: use.outcome, charged: use.amount, ms, firstTokenMs, ...by });
  tell(scene, use, ms + 3, { event: "credits", type: "CAPTURE", amount: use.amount });
  return { ms: ms + 5, firstTokenMs, by };
}

function fail(scene: Scene, use: OperationDoc, ms: number, code: ErrorCode): Answered {
  Object.assign(use, { state: "FAILED", errorCode: code });
  tell(scene, use, ms, { event: "answer", outcome: "failed", charged: 0, ms, code });
  tell(scene, use, ms + 3, { event: "credits", type: "RELEASE", amount: use.amount });
  return { ms: ms + 5 };
}

function endCall(scene: Scene, use: OperationDoc, ms: number, code?: ErrorCode): void {
  tell(scene, use, ms, { event: "call", path: "chat.send", type: "mutation", ms, ...(code && { code }) });
}

function writeThread(
  { past }: Scene,
  person: Person,
  thread: Thread,
  use: OperationDoc,
  tier: ChatTier,
  { by }: Answered,
): void {
  const { userId, requestId, createdAt } = use;
  const { conversationId = "", userMessageId = "", messageId = "" } = use.result;
  const [question, text] = thread.topic[thread.turn] ?? thread.topic[0];
  const shared = { conversationId, userId, requestId, tier };
  const answeredAt = after(createdAt, 1);
  if (thread.conversationId) {
    const known = past.conversations.findLast(({ _id }) => _id === conversationId);
    if (known) known.updatedAt = answeredAt;
  } else {
    const title = question.length <= TITLE_LENGTH ? question : `${question.slice(0, TITLE_LENGTH - 1).trimEnd()}…`;
    const dates = { createdAt, updatedAt: answeredAt, removedAt: null };
    past.conversations.push({ _id: conversationId, userId, title, terms: searchTerms(title), ...dates });
  }
  const { outcome, cost = 0, errorCode } = use;
  past.messages.push(
    {
      ...shared,
      _id: userMessageId,
      ...(thread.lastMessageId && { parentId: thread.lastMessageId }),
      role: "user",
      content: question,
      status: "complete",
      createdAt,
    },
    {
      ...shared,
      _id: messageId,
      parentId: userMessageId,
      role: "assistant",
      content: contentOf(text, outcome),
      status: errorCode ? "failed" : outcome === "stopped" ? "stopped" : "complete",
      ...(by && { ...by, sandbox: true }),
      ...(errorCode ? { errorCode } : { cached: outcome === "cached" }),
      charged: cost,
      operationId: use._id,
      createdAt: answeredAt,
    },
  );
  person.thread = { ...thread, conversationId, turn: thread.turn + 1, lastMessageId: messageId };
}

/** Nothing of an answer that failed; the beginning of one that was stopped. */
function contentOf(text: string, outcome: OperationDoc["outcome"]): string {
  if (!outcome) return "";
  return outcome === "stopped" ? text.slice(0, Math.ceil(text.length / 3)) : text;
}
