import { Account, LedgerEntry, Operation, type OperationDoc } from "@models";
import { expect, test, vi } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { logger } from "@/server/lib/logger";
import { sweepOperations } from "@/server/services/sweep/sweep-operations";
import { databaseCalls } from "../../../../tests/database-calls";
import { bookProblems, newKey, person } from "../../../../tests/studio";
import { closeNow } from "./close-settled";
import { holdOperation } from "./hold-operation";
import { openOperation } from "./open-operation";
import { completeOperation, settleOperation } from "./settle-operation";

/** A use by this person, settled for one credit. */
async function settled(actor: Actor): Promise<OperationDoc> {
  const idempotencyKey = newKey();
  const request = { actor, idempotencyKey, kind: "chat" as const, amount: 2, request: { idempotencyKey } };
  const { operation } = await openOperation({ ...request, result: () => ({}) });
  await holdOperation(operation);
  await completeOperation(operation, "HELD", { cost: 1, outcome: "complete" });
  await settleOperation(operation);
  return operation;
}

const stateOf = async ({ _id, userId }: OperationDoc) => {
  const account = await Account.findById(userId).orFail().lean();
  const operation = await Operation.findById(_id).orFail().lean();
  const entries = await LedgerEntry.find({ ref: _id }).sort({ _id: 1 }).lean();
  return { outbox: account.outbox.length, settled: operation.settled, entries: entries.map(({ type }) => type) };
};
const closed = { outbox: 0, settled: true, entries: ["CAPTURE", "HOLD"] };

test("many uses, of one person and of others, are closed in three writes", async () => {
  const people = await Promise.all([person(), person(), person()]);
  await closeNow();
  const uses = await Promise.all([...people, ...people].map(settled));
  const calls = await databaseCalls(closeNow);
  expect(calls.toSorted()).toEqual(["accounts updateMany", "ledgerEntries insertMany", "operations updateMany"]);
  for (const use of uses) expect(await stateOf(use)).toEqual(closed);
  for (const { user } of people) expect(await bookProblems(user.id)).toEqual([]);
});

test("nobody has to ask for it", async () => {
  const use = await settled(await person());
  await vi.waitFor(async () => expect(await stateOf(use)).toEqual(closed));
});

test.each([
  ["the mark", () => vi.spyOn(Operation, "markSettled")],
  ["the ledger", () => vi.spyOn(LedgerEntry.collection, "insertMany")],
  ["the outbox", () => vi.spyOn(Account, "emptyOutboxes")],
])("when %s cannot be written, the sweep writes it, once", async (_, step) => {
  const actor = await person();
  const lost = step().mockRejectedValueOnce(new Error("connection to the database lost"));
  const use = await settled(actor);
  await closeNow();
  expect(lost).toHaveBeenCalled();
  expect(await stateOf(use)).not.toEqual(closed);
  await Operation.updateOne({ _id: use._id }, { $set: { leaseUntil: new Date(0) } });
  await sweepOperations(logger);
  expect(await stateOf(use)).toEqual(closed);
  expect(await bookProblems(use.userId)).toEqual([]);
});
