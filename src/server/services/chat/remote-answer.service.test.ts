import { Message, Operation } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { closeNow } from "@/server/services/credits/close-settled";
import { getBalance } from "@/server/services/credits/get-balance";
import { holdOperation } from "@/server/services/credits/hold-operation";
import { openOperation } from "@/server/services/credits/open-operation";
import { completeOperation } from "@/server/services/credits/settle-operation";
import { bookProblems, collect, message, never, newKey, person, sandbox, textOf, the } from "../../../../tests/studio";
import { answers } from "./answers";
import { followAnswer } from "./follow-answer";
import { sendMessage } from "./send-message";
import { stopAnswer } from "./stop-answer";

beforeEach(() => sandbox().reset());

/** An answer as it stands while another process writes it. */
async function writtenElsewhere(actor: Actor) {
  const { operation } = await openOperation({
    actor,
    idempotencyKey: newKey(),
    kind: "chat",
    amount: 1,
    request: {},
    result: (op) => ({ conversationId: `c_${op}`, userMessageId: `u_${op}`, messageId: `m_${op}` }),
  });
  const { conversationId = "", messageId = "" } = operation.result;
  await Message.insertOne({
    _id: messageId,
    conversationId,
    userId: actor.user.id,
    role: "assistant",
    content: "",
    status: "streaming",
    requestId: actor.requestId,
    operationId: operation._id,
    createdAt: new Date(),
  });
  return messageId;
}

describe("an answer another process writes", () => {
  test("is followed to its end, with nothing missing or twice", async () => {
    const actor = await person();
    const messageId = await writtenElsewhere(actor);
    const following = collect(followAnswer({ userId: actor.user.id, messageId, from: 0, signal: never() }));
    const words = ["The ", "whole ", "answer, ", "piece ", "by piece."];
    let content = "";
    for (const word of words) {
      content += word;
      await Message.updateOne({ _id: messageId }, { $set: { content, provider: "gemini", model: "m" } });
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    await Message.updateOne({ _id: messageId }, { $set: { status: "complete", charged: 1, cached: false } });
    const events = await following;
    expect(textOf(events)).toBe(content);
    expect(events.filter(({ type }) => type === "delta").length).toBeGreaterThan(1);
    expect(the(events, "done")).toMatchObject({ charged: 1, message: { content } });
  });

  test("is asked to stop where everybody can see it", async () => {
    const actor = await person();
    const messageId = await writtenElsewhere(actor);
    expect(answers.find(messageId)).toBeUndefined();
    expect(await stopAnswer(actor, messageId)).toEqual({ stopped: true });
    expect(await Message.findById(messageId).lean()).toMatchObject({ stopRequested: true });
    await Message.updateOne({ _id: messageId }, { $set: { status: "complete" } });
    expect(await stopAnswer(actor, messageId)).toEqual({ stopped: false });
  });
});

test("the process that writes an answer sees that another was asked to stop it, and closes the call upstream", async () => {
  sandbox().setPace({ msPerToken: 20 });
  const actor = await person();
  const seen = [];
  for await (const event of await sendMessage(actor, message({ content: `sandbox: long ${newKey()}` }), never())) {
    seen.push(event);
    if (event.type === "start") await Message.updateOne({ _id: event.messageId }, { $set: { stopRequested: true } });
  }
  expect(the(seen, "done")).toMatchObject({ message: { status: "stopped" } });
  await closeNow();
  expect(await Operation.countDocuments({ userId: actor.user.id, settled: false })).toBe(0);
  expect(await getBalance(actor.user.id)).toMatchObject({ held: 0 });
  expect(
    sandbox()
      .requests("gemini")
      .every(({ completed }) => !completed),
  ).toBe(true);
  expect(await bookProblems(actor.user.id)).toEqual([]);
});

test("an answer whose worker is gone is ended by whoever follows it, and its credit is back by then", async () => {
  const actor = await person();
  const messageId = await writtenElsewhere(actor);
  await Message.updateOne({ _id: messageId }, { $set: { content: "Half an ans" } });
  const operation = await Operation.findOne({ userId: actor.user.id }).lean();
  if (!operation) throw new Error("no operation");
  await holdOperation(operation);
  await Operation.updateOne({ _id: operation._id }, { $set: { leaseUntil: new Date(0) } });
  const events = await collect(followAnswer({ userId: actor.user.id, messageId, from: 0, signal: never() }));
  expect(textOf(events)).toBe("Half an ans");
  expect(the(events, "error")).toMatchObject({ partial: true, requestId: actor.requestId });
  expect(await Message.findById(messageId).lean()).toMatchObject({ status: "interrupted", charged: 0 });
  expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
  expect(await bookProblems(actor.user.id)).toEqual([]);
});

test("an answer whose worker went after it was decided is delivered to whoever follows it", async () => {
  const actor = await person();
  const messageId = await writtenElsewhere(actor);
  await Message.updateOne({ _id: messageId }, { $set: { content: "A whole answer" } });
  const operation = await Operation.findOne({ userId: actor.user.id }).lean();
  if (!operation) throw new Error("no operation");
  await holdOperation(operation);
  await completeOperation(operation, "HELD", { cost: 1, outcome: "complete" });
  await Operation.updateOne({ _id: operation._id }, { $set: { leaseUntil: new Date(0) } });
  const events = await collect(followAnswer({ userId: actor.user.id, messageId, from: 0, signal: never() }));
  expect(the(events, "done")).toMatchObject({ charged: 1, message: { content: "A whole answer" } });
  expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
});
