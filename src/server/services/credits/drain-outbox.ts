import { Account, LedgerEntry, type LedgerEntryDoc } from "@models";
import { onlyDuplicates } from "@/server/db/mongo-errors";
import { reopenHours } from "@/server/services/stats/reopen-hours";

/**
 * Moves an account's pending entries into the ledger: inserted first, taken out of the outbox only then.
 * @param outbox the entries, for whoever has just read them
 */
export async function drainOutbox(userId: string, outbox?: LedgerEntryDoc[]): Promise<void> {
  const entries = outbox ?? (await Account.findById(userId, { outbox: 1 }).lean())?.outbox ?? [];
  if (entries.length === 0) return;
  try {
    await LedgerEntry.native().insertMany(entries, { ordered: false });
  } catch (error) {
    // An entry that is there already was drained before, by us or by another worker.
    if (!onlyDuplicates(error)) throw error;
  }
  await reopenHours(entries.map(({ at }) => at));
  const ids = entries.map((entry) => entry._id);
  await Account.native().updateOne({ _id: userId }, { $pull: { outbox: { _id: { $in: ids } } } });
}
