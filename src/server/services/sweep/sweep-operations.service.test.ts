import { Account, Generation, Image, LedgerEntry, Message, Operation } from "@models";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { logger } from "@/server/lib/logger";
import { sendMessage } from "@/server/services/chat/send-message";
import { getBalance } from "@/server/services/credits/get-balance";
import { holdOperation } from "@/server/services/credits/hold-operation";
import { openOperation } from "@/server/services/credits/open-operation";
import type { ChatEvent } from "@/shared/chat";
import {
  bookProblems,
  eventually,
  generate,
  message,
  never,
  newKey,
  person,
  sandbox,
  send,
  textOf,
  the,
} from "../../../../tests/studio";
import { finishOverdue } from "./finish-overdue";
import { sweepOperations } from "./sweep-operations";

beforeEach(() => sandbox().reset());

const LONG_AGO = new Date(0);
const untouched = { available: 10, held: 0, owed: 0 };
const sweep = () => sweepOperations(logger);

/** An operation as a crash leaves it: nobody works on it and its lease has run out. */
async function abandoned(actor: Actor, { held }: { held: boolean }) {
  const { operation } = await openOperation({
    actor,
    idempotencyKey: newKey(),
    kind: "chat",
    amount: 1,
    request: {},
    result: (op) => ({ conversationId: `c_${op}`, userMessageId: `u_${op}`, messageId: `m_${op}` }),
  });
  if (held) await holdOperation(operation);
  await Operation.updateOne({ _id: operation._id }, { $set: { leaseUntil: LONG_AGO } });
  return operation;
}

/** Takes a finished use back to the moment after its decision, as a crash there would leave it. */
async function forgetSettlement(actor: Actor, operationId: string, op: string): Promise<void> {
  await Operation.updateOne({ _id: operationId }, { $set: { settled: false, leaseUntil: LONG_AGO } });
  const capture = await LedgerEntry.findOneAndDelete({ _id: `${op}:CAPTURE` }).lean();
  await Account.updateOne(
    { _id: actor.user.id },
    {
      $inc: { held: -(capture?.deltaHeld ?? 0), available: -(capture?.deltaAvailable ?? 0), rev: -1 },
      $push: { holds: { op, amount: 1 } },
      $pull: { closed: op },
    },
  );
}

describe("an operation whose worker is gone", () => {
  test("before its decision is given back, once, however many sweep at the same time", async () => {
    const actor = await person();
    const operation = await abandoned(actor, { held: true });
    expect(await getBalance(actor.user.id)).toMatchObject({ available: 9, held: 1 });
    await Promise.all([sweep(), sweep(), sweep(), sweep(), sweep()]);
    expect(await Operation.findById(operation._id).lean()).toMatchObject({ state: "EXPIRED", settled: true });
    expect(await getBalance(actor.user.id)).toEqual(untouched);
    expect(await LedgerEntry.countDocuments({ userId: actor.user.id, type: "RELEASE" })).toBe(1);
    expect(await bookProblems(actor.user.id)).toEqual([]);
    await sweep();
    expect(await getBalance(actor.user.id)).toEqual(untouched);
  });

  test("before its hold is closed, so that a hold that comes late is refused", async () => {
    const actor = await person();
    const operation = await abandoned(actor, { held: false });
    await sweep();
    await expect(holdOperation(operation)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(await getBalance(actor.user.id)).toEqual(untouched);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("before its hold, which comes while it is being swept, is given back all the same", async () => {
    const actor = await person();
    const operation = await abandoned(actor, { held: false });
    const bury = Account.buryOperation;
    vi.spyOn(Account, "buryOperation").mockImplementationOnce(async (it) => {
      await expect(holdOperation(operation)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
      return bury.call(Account, it);
    });
    await sweep();
    expect(await getBalance(actor.user.id)).toEqual(untouched);
    expect(await Operation.findById(operation._id).lean()).toMatchObject({ state: "EXPIRED", settled: true });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("with its hold left behind although it was settled is given back", async () => {
    const actor = await person();
    const operation = await abandoned(actor, { held: true });
    await Operation.updateOne({ _id: operation._id }, { $set: { state: "FAILED", settled: true, cost: 0 } });
    await sweep();
    expect(await getBalance(actor.user.id)).toEqual(untouched);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("and whose answer or images were begun only after that has them ended", async () => {
    const actor = await person();
    const operation = await abandoned(actor, { held: true });
    const drawn = await abandoned(actor, { held: true });
    await sweep();
    const { conversationId = "", messageId = "" } = operation.result;
    const late = { userId: actor.user.id, requestId: actor.requestId, createdAt: LONG_AGO };
    const message = { ...late, conversationId, role: "assistant" as const, content: "", status: "streaming" as const };
    await Message.insertOne({ _id: messageId, operationId: operation._id, ...message });
    await Operation.updateOne({ _id: drawn._id }, { $set: { kind: "image", result: { generationId: "g_late" } } });
    const picture = { prompt: "Late", aspectRatio: "1:1" as const, count: 1, seed: 1, status: "starting" as const };
    await Generation.insertOne({ _id: "g_late", operationId: drawn._id, charged: 0, ...late, ...picture });
    await sweep();
    expect(await Message.findById(messageId).lean()).toMatchObject({ status: "failed", charged: 0 });
    expect(await Generation.findById("g_late").lean()).toMatchObject({ status: "failed", charged: 0 });
    expect(await getBalance(actor.user.id)).toEqual(untouched);
  });

  test("in the middle of an answer keeps what was written, labelled, for nothing", async () => {
    const actor = await person();
    const operation = await abandoned(actor, { held: true });
    const { conversationId = "", messageId = "" } = operation.result;
    await Message.insertOne({
      _id: messageId,
      conversationId,
      userId: actor.user.id,
      role: "assistant",
      content: "Half an ans",
      status: "streaming",
      requestId: actor.requestId,
      operationId: operation._id,
      createdAt: new Date(),
    });
    await sweep();
    expect(await Message.findById(messageId).lean()).toMatchObject({
      content: "Half an ans",
      status: "interrupted",
      charged: 0,
    });
    expect(await getBalance(actor.user.id)).toEqual(untouched);
  });

  test("after its decision is delivered and charged as decided", async () => {
    const actor = await person();
    const events = await send(actor);
    const { messageId } = the(events, "start");
    const operation = await Operation.findOne({ userId: actor.user.id }).lean();
    if (!operation) throw new Error("no operation");
    await Message.updateOne({ _id: messageId }, { $set: { status: "streaming" }, $unset: { charged: 1, cached: 1 } });
    await forgetSettlement(actor, operation._id, operation.op);
    await sweep();
    expect(await Message.findById(messageId).lean()).toMatchObject({
      status: "complete",
      content: textOf(events),
      charged: 1,
      cached: false,
    });
    expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("after images were decided shows them and charges them", async () => {
    const actor = await person();
    const { generationId } = the(await generate(actor), "start");
    const operation = await Operation.findOne({ userId: actor.user.id }).lean();
    if (!operation) throw new Error("no operation");
    await Image.updateMany({ generationId }, { $set: { published: false } });
    await Generation.updateOne({ _id: generationId }, { $set: { status: "storing", charged: 0 } });
    await forgetSettlement(actor, operation._id, operation.op);
    await sweep();
    expect(await Image.find({ generationId }).lean()).toMatchObject([{ published: true }]);
    expect(await Generation.findById(generationId).lean()).toMatchObject({ status: "complete", charged: 1 });
    expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });
});

test("a worker that was only slow finds its operation taken: its answer is discarded and not charged", async () => {
  sandbox().setPace({ msPerToken: 8 });
  const actor = await person();
  const seen: ChatEvent[] = [];
  let swept = false;
  for await (const event of await sendMessage(actor, message({ content: `sandbox: long ${newKey()}` }), never())) {
    seen.push(event);
    if (event.type !== "delta" || swept) continue;
    const { messageId } = the(seen, "start");
    await eventually(async () =>
      expect(await Message.findOne({ _id: messageId, content: { $ne: "" } })).not.toBeNull(),
    );
    await Operation.updateOne({ userId: actor.user.id }, { $set: { leaseUntil: LONG_AGO } });
    await sweep();
    expect(await Operation.findOne({ userId: actor.user.id }).lean()).toMatchObject({ state: "EXPIRED" });
    swept = true;
  }
  expect(seen.some(({ type }) => type === "done")).toBe(false);
  await eventually(async () =>
    expect(await Message.findById(the(seen, "start").messageId).lean()).toMatchObject({ status: "interrupted" }),
  );
  expect(await getBalance(actor.user.id)).toEqual(untouched);
  expect(await LedgerEntry.countDocuments({ userId: actor.user.id, type: "CAPTURE" })).toBe(0);
  expect(await bookProblems(actor.user.id)).toEqual([]);
});

test("work that goes on is left alone", async () => {
  sandbox().setPace({ msPerToken: 5 });
  const actor = await person();
  const events = [];
  for await (const event of await sendMessage(actor, message(), never())) {
    events.push(event);
    if (event.type === "delta") await sweep();
  }
  expect(the(events, "done")).toMatchObject({ charged: 1 });
});

test("work whose worker spoke up between the look and the decision is left to it", async () => {
  const actor = await person();
  const operation = await abandoned(actor, { held: true });
  const found = await Operation.findById(operation._id).lean();
  if (!found) throw new Error("the operation is gone");
  const { _id: id, owner } = operation;
  await Operation.extendLease({ id, owner, until: new Date(Date.now() + 60_000) });
  expect(await finishOverdue(found, new Date(), logger)).toBe(false);
  expect(await Operation.findById(id).lean()).toMatchObject({ state: "HELD", settled: false });
  expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 1, owed: 0 });
});

test("entries that never reached the ledger are written", async () => {
  const actor = await person();
  await send(actor);
  const entries = await LedgerEntry.find({ userId: actor.user.id }).lean();
  await LedgerEntry.deleteMany({ userId: actor.user.id });
  await Account.updateOne({ _id: actor.user.id }, { $set: { outbox: entries } });
  await sweep();
  expect(await LedgerEntry.countDocuments({ userId: actor.user.id })).toBe(entries.length);
  expect(await Account.findById(actor.user.id).lean()).toMatchObject({ outbox: [] });
});
