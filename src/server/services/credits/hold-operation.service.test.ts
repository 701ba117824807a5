import { Account, LedgerEntry, Operation, type OperationDoc } from "@models";
import { describe, expect, test } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { bookProblems, newKey, person } from "../../../../tests/studio";
import { closeNow } from "./close-settled";
import { getBalance } from "./get-balance";
import { holdOperation } from "./hold-operation";
import { openOperation } from "./open-operation";
import { completeOperation, failOperation, settleOperation } from "./settle-operation";

const HOLDS_MAX = 32;
const CLOSED_KEPT = 256;

async function opened(actor: Actor, amount = 1): Promise<OperationDoc> {
  const key = newKey();
  const request = { actor, idempotencyKey: key, kind: "chat" as const, amount, request: { key } };
  return (await openOperation({ ...request, result: () => ({}) })).operation;
}

async function held(actor: Actor, amount = 1): Promise<OperationDoc> {
  const operation = await opened(actor, amount);
  await holdOperation(operation);
  return operation;
}

const fail = (operation: OperationDoc) => failOperation(operation, "HELD", "PROVIDER_UNAVAILABLE");
const entriesOf = ({ _id }: OperationDoc) => LedgerEntry.countDocuments({ ref: _id });

describe("credits are set aside", () => {
  test("once for an operation, however often it is tried", async () => {
    const actor = await person();
    const operation = await held(actor, 3);
    await expect(holdOperation(operation)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(await getBalance(actor.user.id)).toEqual({ available: 7, held: 3, owed: 0 });
    await fail(operation);
    expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("never for more than there is, and the refusal names both", async () => {
    const actor = await person({ credits: 2 });
    const operation = await opened(actor, 3);
    await expect(holdOperation(operation)).rejects.toMatchObject({
      code: "INSUFFICIENT_CREDITS",
      message: "This costs 3 credits and you have 2. Nothing was charged.",
    });
    await closeNow();
    expect(await Operation.findById(operation._id).lean()).toMatchObject({ state: "FAILED", settled: true });
    expect(await getBalance(actor.user.id)).toEqual({ available: 2, held: 0, owed: 0 });
    expect(await entriesOf(operation)).toBe(0);
  });

  test("not for an operation that was opened too long ago", async () => {
    const actor = await person();
    const operation = await opened(actor);
    await expect(holdOperation({ ...operation, holdBy: new Date(Date.now() - 1) })).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
    expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
    expect(await entriesOf(operation)).toBe(0);
  });

  test("for so many at once and no more; when one ends there is room again", async () => {
    const actor = await person({ credits: 100 });
    const first = await held(actor);
    for (let holds = 1; holds < HOLDS_MAX; holds += 1) await held(actor);
    await expect(held(actor)).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterMs: expect.any(Number) });
    expect(await getBalance(actor.user.id)).toEqual({ available: 100 - HOLDS_MAX, held: HOLDS_MAX, owed: 0 });
    await fail(first);
    await held(actor);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });
});

test("of operations that are over the last ones are remembered, and a late hold for one is refused", async () => {
  const actor = await person();
  const older = Array.from({ length: CLOSED_KEPT }, (_, index) => `older-${index}`);
  await Account.updateOne({ _id: actor.user.id }, { $set: { closed: older } });
  const operation = await held(actor);
  await completeOperation(operation, "HELD", { cost: 1 });
  await settleOperation(operation);
  const account = await Account.findById(actor.user.id).lean();
  expect(account?.closed).toEqual([...older.slice(1), operation.op]);
  await expect(holdOperation(operation)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
  expect(await bookProblems(actor.user.id)).toEqual([]);
});
