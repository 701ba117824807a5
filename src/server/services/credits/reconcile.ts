import { Account, type AccountDoc, LedgerEntry, Purchase } from "@models";
import { reconcilePurchases } from "@/server/services/payments/reconcile-purchases";
import type { BookProblem, Reconciliation } from "@/shared/credits";
import { findUnfounded } from "./find-unfounded";

interface Sums {
  available: number;
  held: number;
  owed: number;
  entries: number;
}

const NOTHING: Sums = { available: 0, held: 0, owed: 0, entries: 0 };
const BATCH = 1_000;
const PROBLEMS_MAX = 1_000;
/** How often an account that is being used is read again, until nothing moved between two looks. */
const LOOKS = 8;

/**
 * Proves the books: every account is the sum of its ledger, what is held is the sum of its holds, nothing is charged
 * that was not delivered, every purchase and nothing else is granted, once, and PayPal has the money for it. Reads
 * only, and may run while people work: what looks wrong is looked at again before it is said.
 */
export async function reconcile(): Promise<Reconciliation> {
  const startedAt = performance.now();
  const problems: BookProblem[] = [];
  const sums = await sumLedger();
  const entries = [...sums.values()].reduce((total, sum) => total + sum.entries, 0);
  let accounts = 0;
  for await (const account of Account.find({}, { closed: 0, applied: 0 }).lean().cursor({ batchSize: BATCH })) {
    accounts += 1;
    if (differences(account, sums.get(account._id) ?? NOTHING).length > 0) {
      problems.push(...(await accountProblems(account._id)));
    }
    sums.delete(account._id);
  }
  for (const [subject, sum] of sums) {
    if (await Account.exists({ _id: subject })) continue;
    problems.push({ kind: "user", subject, problem: `${sum.entries} ledger entries, and no account` });
  }
  problems.push(...(await findUnfounded()));
  const bought = await reconcilePurchases();
  problems.push(...bought.problems);
  return {
    accounts,
    entries,
    purchases: await Purchase.countDocuments(),
    capturesCompared: bought.capturesCompared,
    problems: problems.slice(0, PROBLEMS_MAX),
    ms: Math.round(performance.now() - startedAt),
  };
}

const LEDGER_SUMS = {
  available: { $sum: "$deltaAvailable" },
  held: { $sum: "$deltaHeld" },
  owed: { $sum: "$deltaOwed" },
  entries: { $sum: 1 },
};

async function sumLedger(): Promise<Map<string, Sums>> {
  const groups = LedgerEntry.aggregate<Sums & { _id: string }>([{ $group: { _id: "$userId", ...LEDGER_SUMS } }]);
  const sums = new Map<string, Sums>();
  for await (const { _id, ...sum } of groups.cursor({ batchSize: BATCH })) sums.set(_id, sum);
  return sums;
}

type Books = Pick<AccountDoc, "available" | "held" | "owed" | "rev" | "holds" | "outbox">;

/** In what an account and its ledger differ, in words. Entries still in the outbox count as part of the ledger. */
function differences(account: Books, { available, held, owed, entries }: Sums): string[] {
  const pending = account.outbox;
  const sum = (field: "deltaAvailable" | "deltaHeld" | "deltaOwed") =>
    pending.reduce((total, entry) => total + entry[field], 0);
  const holds = account.holds.reduce((total, { amount }) => total + amount, 0);
  const claims: [what: string, is: number, ought: number, source: string][] = [
    ["available", account.available, available + sum("deltaAvailable"), "the ledger says"],
    ["held", account.held, held + sum("deltaHeld"), "the ledger says"],
    ["owed", account.owed, owed + sum("deltaOwed"), "the ledger says"],
    ["held", account.held, holds, "its holds say"],
    ["movements", account.rev, entries + pending.length, "the ledger has"],
  ];
  return claims
    .filter(([, is, ought]) => is !== ought)
    .map(([what, is, ought, source]) => {
      const difference = is - ought;
      return `${what} is ${is}, ${source} ${ought} (difference ${difference > 0 ? "+" : ""}${difference})`;
    });
}

/** In what one account and its ledger differ, read on its own until it held still. */
export async function accountProblems(userId: string): Promise<BookProblem[]> {
  let found: string[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const before = await Account.findById(userId).lean();
    if (!before) return [];
    const pendingIds = before.outbox.map(({ _id }) => _id);
    const drained = new Set(
      (await LedgerEntry.find({ _id: { $in: pendingIds } }, { _id: 1 }).lean()).map(({ _id }) => _id),
    );
    const [sums] = await LedgerEntry.aggregate<Sums>([
      { $match: { userId } },
      { $group: { _id: "$userId", ...LEDGER_SUMS } },
    ]);
    const after = await Account.findById(userId, { rev: 1, outbox: 1 }).lean();
    const heldStill = after?.rev === before.rev && after.outbox.length === before.outbox.length;
    const outbox = before.outbox.filter(({ _id }) => !drained.has(_id));
    found = differences({ ...before, outbox }, sums ?? NOTHING);
    if (heldStill || found.length === 0) break;
  }
  return found.map((problem) => ({ kind: "user", subject: userId, problem }));
}
