import { Account, LedgerEntry, type LedgerEntryDoc } from "@models";
import { onlyDuplicates } from "@/server/db/mongo-errors";
import { reopenHours } from "@/server/services/stats/reopen-hours";

/** Moves an account's pending entries into the ledger. Safe to repeat. */
export async function drainOutbox(userId: string): Promise<void> {
  const account = await Account.findById(userId, { outbox: 1 }).lean();
  await moveToLedger(account?.outbox ?? []);
}

/**
 * Moves entries of any number of accounts into the ledger: inserted first, taken out of their outboxes only then.
 * Safe to repeat.
 */
export async function moveToLedger(entries: LedgerEntryDoc[]): Promise<void> {
  if (entries.length === 0) return;
  try {
    await LedgerEntry.native().insertMany(entries, { ordered: false });
  } catch (error) {
    // An entry that is there already was drained before, by us or by another worker.
    if (!onlyDuplicates(error)) throw error;
  }
  await reopenHours(entries.map(({ at }) => at));
  await Account.emptyOutboxes(entries);
}
