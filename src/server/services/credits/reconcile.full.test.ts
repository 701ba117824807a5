import { Account, LedgerEntry, Operation } from "@models";
import { expect, test } from "vitest";
import { SIGN_UP_BONUS } from "./open-account";
import { reconcile } from "./reconcile";

const ACCOUNTS = 1_000;
const USES_EACH = 50;

/** An account with its welcome and so many uses, each held and charged. */
function customer(number: number) {
  const userId = `user-${number}`;
  const common = { userId, deltaOwed: 0, reason: "A use", requestId: "request-of-scale", at: new Date() };
  const uses = Array.from({ length: USES_EACH }, (_, use) => {
    const op = `${userId}-${use}`;
    return {
      operation: {
        _id: `${userId}:${use}`,
        op,
        userId,
        requestHash: "hash",
        kind: "chat" as const,
        amount: 1,
        cost: 1,
        holdBy: new Date(),
        leaseUntil: new Date(),
        owner: "nobody",
        state: "DONE" as const,
        settled: true,
        result: {},
        requestId: "request-of-scale",
        createdAt: new Date(),
      },
      entries: [
        { _id: `${op}:HOLD`, type: "HOLD" as const, deltaAvailable: -1, deltaHeld: 1, ref: op, ...common },
        {
          _id: `${op}:CAPTURE`,
          type: "CAPTURE" as const,
          deltaAvailable: 0,
          deltaHeld: -1,
          ref: `${userId}:${use}`,
          ...common,
        },
      ],
    };
  });
  const welcome = {
    _id: `${userId}:GRANT`,
    type: "GRANT" as const,
    deltaAvailable: 60,
    deltaHeld: 0,
    ref: SIGN_UP_BONUS,
    ...common,
  };
  const account = {
    _id: userId,
    available: 10,
    held: 0,
    owed: 0,
    rev: 1 + 2 * USES_EACH,
    holds: [],
    closed: [],
    applied: [],
    outbox: [],
  };
  return {
    account,
    entries: [welcome, ...uses.flatMap((use) => use.entries)],
    operations: uses.map((use) => use.operation),
  };
}

test("100,000 ledger entries are proved in less than ten seconds, and the one that is wrong is found", async () => {
  for (let number = 0; number < ACCOUNTS; number += 20) {
    const some = Array.from({ length: 20 }, (_, index) => customer(number + index));
    await Account.collection.insertMany(some.map(({ account }) => account) as never[]);
    await LedgerEntry.collection.insertMany(some.flatMap(({ entries }) => entries) as never[]);
    await Operation.collection.insertMany(some.flatMap(({ operations }) => operations) as never[]);
  }
  const right = await reconcile();
  console.info(`reconciled ${right.entries} entries in ${right.ms} ms`);
  expect(right).toMatchObject({ accounts: ACCOUNTS, entries: 101_000, problems: [] });
  expect(right.ms).toBeLessThan(10_000);
  await LedgerEntry.deleteOne({ _id: "user-777-7:CAPTURE" });
  const { problems } = await reconcile();
  expect(problems.map(({ subject }) => subject)).toEqual(["user-777", "user-777"]);
}, 300_000);
