import { LedgerEntry, User } from "@models";
import type { z } from "zod";
import type { Actor } from "@/server/lib/actor";
import { shortHash } from "@/server/lib/ids";
import { writeAudit } from "@/server/services/audit/write-audit";
import type { Balance } from "@/shared/common";
import type { adjustCreditsInput } from "@/shared/credits";
import { AppError } from "@/shared/errors";
import { applyCredits } from "./apply-credits";

/**
 * An operator's correction, once per idempotency key, with an entry in the audit log.
 * @throws AppError NOT_FOUND without such a user · VALIDATION when more would be taken than there is ·
 *   IDEMPOTENCY_MISMATCH when the key was used for another correction.
 */
export async function adjustCredits(
  actor: Actor,
  { userId, amount, reason, idempotencyKey }: z.infer<typeof adjustCreditsInput>,
): Promise<Balance> {
  if (!(await User.exists({ _id: userId }))) throw new AppError("NOT_FOUND", "There is no such user.");
  const key = `adjust_${shortHash(`${actor.user.id}:${idempotencyKey}`)}`;
  const { balance } = await applyCredits({
    userId,
    key,
    type: "ADJUST",
    credits: amount,
    mayOwe: false,
    reason,
    ref: key,
    requestId: actor.requestId,
  }).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== "INSUFFICIENT_CREDITS") throw error;
    throw new AppError("VALIDATION", error.message, { cause: error, fieldErrors: { amount: [error.message] } });
  });
  const { deltaAvailable, deltaOwed } = await entryOf(key, userId, amount);
  await writeAudit({
    id: key,
    actor: actor.user.id,
    action: "credits.adjust",
    subject: userId,
    note: reason,
    // Worked out backwards: of several who do the same at once, or once more, none may have seen what was before.
    before: { ...balance, available: balance.available - deltaAvailable, owed: balance.owed - deltaOwed },
    after: balance,
    requestId: actor.requestId,
  });
  return balance;
}

/** The correction as it stands in the ledger. @throws AppError IDEMPOTENCY_MISMATCH when it is another one. */
async function entryOf(key: string, userId: string, amount: number) {
  const entry = await LedgerEntry.findById(`${key}:ADJUST`, { deltaAvailable: 1, deltaOwed: 1, userId: 1 }).lean();
  // What went to repay debts was given all the same.
  if (entry?.userId === userId && entry.deltaAvailable - entry.deltaOwed === amount) return entry;
  throw new AppError("IDEMPOTENCY_MISMATCH");
}
