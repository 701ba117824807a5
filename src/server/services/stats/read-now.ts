import { Account, Operation, Rollup, type RollupCounts, User } from "@models";
import type { Overview } from "@/shared/overview";
import { DAY_MS, later } from "./spans";

interface Credits {
  available: number;
  held: number;
  owed: number;
}

/**
 * How things stand. The credits of all accounts are what the days, the time since then, and what is on its way to the
 * ledger did to them.
 */
export async function readNow(now: Date, sinceLastDay: RollupCounts[]): Promise<Overview["now"]> {
  const seenSince = (days: number) => User.countDocuments({ lastSeenAt: { $gte: later(now, -days * DAY_MS) } });
  const [users, day, week, month, running, days, pending] = await Promise.all([
    // What the collection knows of its size: counting would read all of it.
    User.estimatedDocumentCount(),
    seenSince(1),
    seenSince(7),
    seenSince(30),
    Operation.countDocuments({ settled: false }),
    sumOfDays(),
    sumOfOutboxes(),
  ]);
  const parts = [days, sumOf(sinceLastDay), pending];
  const credits = (name: keyof Credits) => parts.reduce((sum, part) => sum + part[name], 0);
  return {
    users,
    active: { day, week, month },
    available: credits("available"),
    held: credits("held"),
    owed: credits("owed"),
    running,
  };
}

async function sumOfDays(): Promise<Credits> {
  const [sums] = await Rollup.aggregate<Credits>([
    { $match: { span: "day" } },
    {
      $group: {
        _id: null,
        available: { $sum: "$deltaAvailable" },
        held: { $sum: "$deltaHeld" },
        owed: { $sum: "$deltaOwed" },
      },
    },
  ]);
  return sums ?? { available: 0, held: 0, owed: 0 };
}

/** What is held for something under way has not reached the ledger yet. */
async function sumOfOutboxes(): Promise<Credits> {
  const accounts = await Account.find({ "outbox._id": { $exists: true } }, { outbox: 1 }).lean();
  return sumOf(accounts.flatMap(({ outbox }) => outbox));
}

function sumOf(changes: { deltaAvailable: number; deltaHeld: number; deltaOwed: number }[]): Credits {
  const sum = { available: 0, held: 0, owed: 0 };
  for (const { deltaAvailable, deltaHeld, deltaOwed } of changes) {
    sum.available += deltaAvailable;
    sum.held += deltaHeld;
    sum.owed += deltaOwed;
  }
  return sum;
}
