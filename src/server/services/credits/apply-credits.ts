import { Account, type LedgerEntryDoc } from "@models";
import { sleep } from "@/server/lib/clock";
import { logger } from "@/server/lib/logger";
import { noteEvent } from "@/server/services/observability/note-event";
import type { Balance } from "@/shared/common";
import { AppError } from "@/shared/errors";
import { announceBalance } from "./balance-events";
import { drainOutbox } from "./drain-outbox";
import { balanceOf } from "./get-balance";
import { openAccount } from "./open-account";

export interface CreditChange {
  userId: string;
  /** What it is for, in the words of whoever is outside: a capture, a refund, a correction. Applied once. */
  key: string;
  type: "GRANT" | "REFUND" | "ADJUST";
  /** Credits given or, below zero, taken. */
  credits: number;
  /** Whether what cannot be taken now is owed, to be repaid out of the next credits; else the change is refused. */
  mayOwe: boolean;
  reason: string;
  ref: string;
  requestId: string;
}

const TRIES = 40;
const PAUSE_MS = 10;

/**
 * Gives or takes credits from outside: a purchase, a refund, a correction. Once per key, however often and from however
 * many places it is reported. What is owed is repaid out of what is given; what is not there to be taken is owed.
 * @returns the balance, and whether this call is the one that changed it.
 * @throws AppError INSUFFICIENT_CREDITS when credits may not be owed and are not there · SERVICE_UNAVAILABLE when the
 *   account changed under it again and again.
 */
export async function applyCredits(change: CreditChange): Promise<{ balance: Balance; applied: boolean }> {
  const { userId, key } = change;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const account = await Account.findById(userId, { available: 1, held: 1, owed: 1, applied: 1 }).lean();
    if (!account) {
      await openAccount(userId, change.requestId);
      continue;
    }
    if (account.applied.includes(key)) {
      await drainOutbox(userId);
      return { balance: balanceOf(account), applied: false };
    }
    const step = stepFor(change, account);
    const { deltaAvailable, deltaOwed } = step;
    const changed = await Account.changeCredits({
      userId,
      key,
      ...step,
      entry: entryFor(change, { deltaAvailable, deltaOwed }),
    });
    if (!changed) {
      await sleep(Math.random() * PAUSE_MS * tries);
      continue;
    }
    const log = logger.child({ requestId: change.requestId, userId });
    noteEvent(log, { event: "credits", type: change.type, amount: change.credits });
    announceBalance(userId, balanceOf(changed));
    await drainOutbox(userId);
    return { balance: balanceOf(changed), applied: true };
  }
  throw new AppError("SERVICE_UNAVAILABLE");
}

/** How a change falls on what is there, and what it is worked out from. */
function stepFor({ credits, mayOwe }: CreditChange, { available, owed }: { available: number; owed: number }) {
  if (credits >= 0) {
    const repaid = Math.min(owed, credits);
    return { deltaAvailable: credits - repaid, deltaOwed: 0 - repaid, expected: { owed } };
  }
  const asked = -credits;
  if (available >= asked) {
    return { deltaAvailable: credits, deltaOwed: 0, expected: { available: { $gte: asked } } };
  }
  if (!mayOwe) {
    throw new AppError("INSUFFICIENT_CREDITS", `There are only ${available} credits to take, not ${asked}.`);
  }
  return { deltaAvailable: 0 - available, deltaOwed: asked - available, expected: { available } };
}

function entryFor(
  { userId, key, type, reason, ref, requestId }: CreditChange,
  deltas: { deltaAvailable: number; deltaOwed: number },
): LedgerEntryDoc {
  return { _id: `${key}:${type}`, userId, type, ...deltas, deltaHeld: 0, reason, ref, requestId, at: new Date() };
}
