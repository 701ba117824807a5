import { Account, LedgerEntry, Operation } from "@models";
import { vi } from "vitest";
import { newId } from "@/server/lib/ids";

/** Mistakes one could make in the ledger. Each is made until the returned function is called. */
export const seededBugs = {
  /** Whoever has an answer delivers it, whatever was decided meanwhile. */
  "the decision skipped": () => {
    const spy = vi.spyOn(Operation, "decide").mockImplementation(async ({ id, owner: _, from: __, ...decision }) => {
      await Operation.updateOne({ _id: id }, { $set: { cost: 0, ...decision } });
      return true;
    });
    return () => spy.mockRestore();
  },

  /** Nothing says that an operation without a hold is over, so a late hold finds it open. */
  "the tombstone missing": () => {
    const spy = vi.spyOn(Account, "buryOperation").mockImplementation(({ userId }) => Account.findById(userId).lean());
    return () => spy.mockRestore();
  },

  /** Credits are granted for each message that tells of a payment, not for each payment. */
  "the grant keyed on the event": () => {
    const change = Account.changeCredits.bind(Account);
    const spy = vi.spyOn(Account, "changeCredits").mockImplementation((given) => {
      if (given.entry.type !== "GRANT") return change(given);
      const key = `${given.key}_${newId()}`;
      return change({ ...given, key, entry: { ...given.entry, _id: `${key}:GRANT` } });
    });
    return () => spy.mockRestore();
  },

  /** Entries leave the outbox first and reach the ledger then, unless the process dies in between. */
  "the outbox drained before the insert": () => {
    const { insertMany } = LedgerEntry.collection;
    const spy = vi.spyOn(LedgerEntry.collection, "insertMany").mockImplementation(async function (
      this: typeof LedgerEntry.collection,
      entries,
      options,
    ) {
      const ids = entries.map(({ _id }) => String(_id));
      await Account.updateOne({ "outbox._id": { $in: ids } }, { $pull: { outbox: { _id: { $in: ids } } } });
      return insertMany.call(this, entries, options);
    });
    return () => spy.mockRestore();
  },
};

export type SeededBug = keyof typeof seededBugs;
