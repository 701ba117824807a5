import { Conversation, LedgerEntry, Message, Operation } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { getBalance } from "@/server/services/credits/get-balance";
import {
  bookProblems,
  collect,
  eventually,
  message,
  never,
  newKey,
  person,
  sandbox,
  send,
  textOf,
  the,
} from "../../../../tests/studio";
import { sendMessage } from "./send-message";
import { stopAnswer } from "./stop-answer";

beforeEach(() => sandbox().reset());

const calls = (provider: "gemini" | "openai") => sandbox().requests(provider).length;

describe("an answer", () => {
  test("arrives in pieces, is kept, and costs what was quoted", async () => {
    const actor = await person({ credits: 2 });
    // Pieces that come faster than their reader takes them arrive as one.
    sandbox().setPace({ msPerToken: 10 });
    const events = await send(actor, { content: "Say something about the sea" });
    const start = the(events, "start");
    const done = the(events, "done");
    expect(events.filter(({ type }) => type === "delta").length).toBeGreaterThanOrEqual(5);
    expect(start).toMatchObject({ quotedCost: 1, requestId: actor.requestId });
    expect(the(events, "provider")).toMatchObject({ provider: "gemini", fallback: false, sandbox: true });
    expect(done).toMatchObject({ charged: 1, cached: false, balance: { available: 1, held: 0, owed: 0 } });
    expect(done.message).toMatchObject({ status: "complete", content: textOf(events), charged: 1, provider: "gemini" });

    const stored = await Message.find({ conversationId: start.conversationId }).sort({ createdAt: 1 }).lean();
    expect(stored.map(({ role, status }) => [role, status])).toEqual([
      ["user", "complete"],
      ["assistant", "complete"],
    ]);
    expect(await Conversation.findById(start.conversationId).lean()).toMatchObject({ userId: actor.user.id });
    expect(await LedgerEntry.find({ userId: actor.user.id, requestId: actor.requestId }).distinct("type")).toEqual([
      "CAPTURE",
      "HOLD",
    ]);
    expect(await Operation.find({ userId: actor.user.id }).lean()).toMatchObject([{ state: "DONE", settled: true }]);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("remembers the conversation", async () => {
    const actor = await person();
    const { conversationId } = the(await send(actor, { content: "First question" }), "start");
    await send(actor, { content: "Second question", conversationId });
    const body = JSON.stringify(sandbox().requests("gemini").at(-1));
    expect(body).toContain("First question");
    expect(body).toContain("Second question");
  });

  test("can be given again and the question edited, as siblings", async () => {
    const actor = await person();
    const first = await send(actor, { content: "What is ink?" });
    const { conversationId, userMessageId, messageId } = the(first, "start");
    const again = the(await send(actor, { content: "What is ink?", conversationId, regenerateOf: messageId }), "start");
    expect(again.userMessageId).toBe(userMessageId);
    const edited = the(
      await send(actor, { content: "What is paper?", conversationId, editOf: userMessageId }),
      "start",
    );
    const messages = await Message.find({ conversationId }).lean();
    const parentOf = (id: string) => messages.find(({ _id }) => _id === id)?.parentId;
    expect(parentOf(again.messageId)).toBe(userMessageId);
    expect(parentOf(edited.userMessageId)).toBeUndefined();
    expect(messages).toHaveLength(5);
    expect(calls("gemini")).toBe(3);
  });

  test("goes on when its reader leaves", async () => {
    const actor = await person();
    const leaving = new AbortController();
    const events = await sendMessage(actor, message({ content: `sandbox: long ${newKey()}` }), leaving.signal);
    let messageId = "";
    for await (const event of events) {
      if (event.type === "start") messageId = event.messageId;
      if (event.type === "delta") leaving.abort();
    }
    await eventually(async () =>
      expect(await Message.findById(messageId).lean()).toMatchObject({ status: "complete" }),
    );
    await eventually(async () => expect(await getBalance(actor.user.id)).toMatchObject({ available: 9, held: 0 }));
  });

  test("stops when asked, keeps its text and its price, and lets go of the provider", async () => {
    sandbox().fail("gemini", { kind: "slow", delayMs: 20 });
    const actor = await person();
    const events = await sendMessage(actor, message({ content: `sandbox: long ${newKey()}` }), never());
    let messageId = "";
    let deltas = 0;
    const seen = [];
    for await (const event of events) {
      seen.push(event);
      if (event.type === "start") messageId = event.messageId;
      if (event.type === "delta" && ++deltas === 3)
        expect(await stopAnswer(actor, messageId)).toEqual({ stopped: true });
    }
    const done = the(seen, "done");
    expect(done.message).toMatchObject({ status: "stopped", content: textOf(seen) });
    expect(done.charged).toBe(1);
    await eventually(async () => expect(sandbox().requests("gemini")).toMatchObject([{ closedByClient: true }]), 2_000);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("stopped before any text costs nothing", async () => {
    sandbox().fail("gemini", { kind: "delay", delayMs: 300 });
    const actor = await person();
    const events = await sendMessage(actor, message(), never());
    const seen = [];
    for await (const event of events) {
      seen.push(event);
      if (event.type === "start") await stopAnswer(actor, event.messageId);
    }
    expect(the(seen, "done")).toMatchObject({ charged: 0, message: { status: "stopped" } });
    expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
  });
});

describe("when Gemini cannot answer", () => {
  const faults = [
    { kind: "status", status: 429, retryAfter: 30 },
    { kind: "status", status: 401 },
    { kind: "reset" },
    { kind: "cut-end", afterDeltas: 0 },
    { kind: "malformed" },
    { kind: "html" },
    { kind: "error-event", afterDeltas: 0 },
  ] as const;

  test.each(faults)("%o: OpenAI answers, labelled, for the same price", async (fault) => {
    sandbox().fail("gemini", fault);
    const actor = await person();
    const events = await send(actor);
    expect(the(events, "done")).toMatchObject({
      charged: 1,
      message: { status: "complete", provider: "openai", fallback: true },
    });
    expect(events.filter(({ type }) => type === "provider")).toHaveLength(1);
    expect([calls("gemini"), calls("openai")]).toEqual([1, 1]);
    expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
  });

  test.each([503, 429, 529])("%i: it is asked once more, and answers", async (status) => {
    sandbox().fail("gemini", { kind: "status", status });
    const events = await send(await person());
    expect(the(events, "done")).toMatchObject({ message: { provider: "gemini", fallback: false } });
    expect([calls("gemini"), calls("openai")]).toEqual([2, 0]);
  });

  test("nor the second time: OpenAI answers, and nobody is asked a fourth time", async () => {
    sandbox().fail("gemini", { kind: "status", status: 503, times: 5 });
    sandbox().fail("openai", { kind: "status", status: 503 });
    const actor = await person();
    expect(the(await send(actor), "error")).toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect([calls("gemini"), calls("openai")]).toEqual([2, 1]);
    expect(the(await send(actor), "done")).toMatchObject({ message: { provider: "openai", fallback: true } });
    expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
  });

  test("nor can OpenAI: nothing is charged and the question is kept", async () => {
    sandbox().fail("gemini", { kind: "status", status: 401 });
    sandbox().fail("openai", { kind: "reset" });
    const actor = await person({ credits: 1 });
    const events = await send(actor, { content: "Anyone there?" });
    expect(the(events, "error")).toEqual({
      type: "error",
      code: "PROVIDER_UNAVAILABLE",
      message: expect.any(String),
      requestId: actor.requestId,
      partial: false,
    });
    expect(await getBalance(actor.user.id)).toEqual({ available: 1, held: 0, owed: 0 });
    const { conversationId } = the(events, "start");
    expect(await Message.find({ conversationId }).sort({ createdAt: 1 }).lean()).toMatchObject([
      { content: "Anyone there?" },
      { status: "failed", errorCode: "PROVIDER_UNAVAILABLE", charged: 0 },
    ]);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test.each([{ kind: "cut-end" }, { kind: "cut-reset" }, { kind: "error-event" }] as const)(
    "after it began (%o): the text stays, labelled, is not charged, not cached, not asked elsewhere",
    async ({ kind }) => {
      sandbox().fail("gemini", { kind, afterDeltas: 5 });
      const actor = await person();
      const content = `Begin and break ${newKey()}`;
      const events = await send(actor, { content });
      expect(the(events, "error")).toMatchObject({ partial: true });
      expect(calls("openai")).toBe(0);
      const { messageId } = the(events, "start");
      expect(await Message.findById(messageId).lean()).toMatchObject({
        status: "interrupted",
        content: textOf(events),
      });
      expect(textOf(events)).not.toBe("");
      expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
      expect(the(await send(actor, { content }), "done")).toMatchObject({ cached: false, charged: 1 });
    },
  );

  test("because it declined: nobody else is asked, nothing is charged", async () => {
    sandbox().fail("gemini", { kind: "blocked" });
    const actor = await person();
    expect(the(await send(actor), "error").code).toBe("CONTENT_BLOCKED");
    expect(calls("openai")).toBe(0);
    expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
  });
});

describe("credits", () => {
  test("50 at once with 1 credit: one answer, one provider call, balance 0", async () => {
    const actor = await person({ credits: 1 });
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => send(actor)));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(49).fill("INSUFFICIENT_CREDITS"));
    expect(calls("gemini") + calls("openai")).toBe(1);
    expect(await getBalance(actor.user.id)).toEqual({ available: 0, held: 0, owed: 0 });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("the same key 20 times at once: one provider call, one charge, one message for all", async () => {
    const actor = await person();
    const input = message();
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => collect(await sendMessage(actor, input, never()))),
    );
    expect(calls("gemini")).toBe(1);
    expect(new Set(all.map((events) => the(events, "done").message.id)).size).toBe(1);
    expect(new Set(all.map(textOf)).size).toBe(1);
    expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
    expect(await Message.countDocuments({ userId: actor.user.id })).toBe(2);
    const replay = await collect(await sendMessage(actor, input, never()));
    expect(the(replay, "done")).toMatchObject({ charged: 1 });
    expect(calls("gemini")).toBe(1);
  });

  test("a key used for something else is refused", async () => {
    const actor = await person();
    const idempotencyKey = newKey();
    await send(actor, { idempotencyKey });
    await expect(send(actor, { idempotencyKey })).rejects.toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
  });

  test("a price that changed is asked about before anything is spent", async () => {
    const actor = await person();
    await expect(send(actor, { expectedCost: 7 })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await Operation.countDocuments({ userId: actor.user.id })).toBe(0);
  });

  test("a subscriber's smart answer costs three; a user may not ask for one", async () => {
    const subscriber = await person({ role: "SUBSCRIBER" });
    expect(the(await send(subscriber, { model: "smart" }), "done").charged).toBe(3);
    await expect(send(await person(), { model: "smart" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the cache", () => {
  test("answers the same first message again, for anyone, for nothing, even at balance 0", async () => {
    const content = `What is a quill ${newKey()}`;
    const first = await send(await person(), { content });
    const poor = await person({ credits: 0 });
    const second = await send(poor, { content });
    expect(the(second, "done")).toMatchObject({ cached: true, charged: 0, message: { cached: true, charged: 0 } });
    expect(textOf(second)).toBe(textOf(first));
    expect(calls("gemini")).toBe(1);
    expect(await bookProblems(poor.user.id)).toEqual([]);
  });

  test("is gone round when asked to", async () => {
    const actor = await person();
    const content = `Once more ${newKey()}`;
    await send(actor, { content });
    expect(the(await send(actor, { content, skipCache: true }), "done")).toMatchObject({ cached: false, charged: 1 });
  });

  test("20 people asking the same at once: one provider call, one charge in all", async () => {
    const content = `All together ${newKey()}`;
    const people = await Promise.all(Array.from({ length: 20 }, () => person()));
    const all = await Promise.all(people.map((actor) => send(actor, { content })));
    expect(calls("gemini")).toBe(1);
    expect(all.map((events) => the(events, "done").charged).sort()).toEqual([...Array(19).fill(0), 1]);
    for (const actor of people) expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("keeps what follows in a conversation to its owner", async () => {
    const [one, two] = [await person(), await person()];
    const content = `Shared beginning ${newKey()}`;
    const chats = [await send(one, { content }), await send(two, { content })];
    const [mine, theirs] = chats.map((events) => the(events, "start").conversationId);
    await send(one, { content: "And then?", conversationId: mine });
    expect(the(await send(two, { content: "And then?", conversationId: theirs }), "done").cached).toBe(false);
  });
});

test("other people's conversations are not there", async () => {
  const { conversationId } = the(await send(await person()), "start");
  await expect(send(await person(), { conversationId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
