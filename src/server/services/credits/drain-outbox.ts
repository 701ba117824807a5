import { Account, LedgerEntry } from "@models";
import { onlyDuplicates } from "@/server/db/mongo-errors";
import { reopenHours } from "@/server/services/stats/reopen-hours";

/** Moves an account's pending entries into the ledger: inserted first, taken out of the outbox only then. */
export async function drainOutbox(userId: string): Promise<void> {
  const account = await Account.findById(userId, { outbox: 1 }).lean();
  if (!account || account.outbox.length === 0) return;
  try {
    await LedgerEntry.insertMany(account.outbox, { ordered: false });
  } catch (error) {
    // An entry that is there already was drained before, by us or by another worker.
    if (!onlyDuplicates(error)) throw error;
  }
  await reopenHours(account.outbox.map(({ at }) => at));
  const ids = account.outbox.map((entry) => entry._id);
  await Account.updateOne({ _id: userId }, { $pull: { outbox: { _id: { $in: ids } } } });
}
