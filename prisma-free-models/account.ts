import { type Model, Schema } from "mongoose";
import { defineModel, type Native, schemaOptions } from "./define-model";
import { type LedgerEntryDoc, ledgerEntryFields } from "./ledger-entry";

/** A user's credits. Every change is one write to this one document; the ledger follows through `outbox`. */
export interface AccountDoc {
  /** The user's id. */
  _id: string;
  available: number;
  held: number;
  owed: number;
  /** Counts the entries ever pushed to `outbox`. */
  rev: number;
  holds: { op: string; amount: number }[];
  /** The last operations whose hold is gone for good; a late hold for one of them is refused. */
  closed: string[];
  /** Keys of what came from outside and was applied: grants, refunds, corrections. */
  applied: string[];
  /** Entries not yet in the ledger. */
  outbox: LedgerEntryDoc[];
}

/** What a use of credits leaves behind, without the long lists of what was closed and applied. */
export type Funds = Pick<AccountDoc, "_id" | "available" | "held" | "owed" | "outbox">;
const FUNDS = { available: 1, held: 1, owed: 1, outbox: 1 } as const;
const AFTER = { returnDocument: "after", projection: FUNDS } as const;

/** Holds an account can carry at once. */
const HOLDS_MAX = 32;
/** How many closed operations are remembered; `holdBy` keeps an older one from being held again. */
const CLOSED_KEPT = 256;

interface Hold {
  userId: string;
  op: string;
  amount: number;
  /** After this moment the hold is refused, by the database's own clock. */
  holdBy: Date;
  entry: LedgerEntryDoc;
}

interface Settlement {
  userId: string;
  op: string;
  amount: number;
  /** What is kept of `amount`; the rest goes back. */
  cost: number;
  entry: LedgerEntryDoc;
}

interface Grant {
  userId: string;
  /** What the grant is for: the same key is never given twice. */
  key: string;
  amount: number;
  entry: LedgerEntryDoc;
}

interface ExternalChange {
  userId: string;
  /** What it is for; the same key changes an account once. */
  key: string;
  deltaAvailable: number;
  deltaOwed: number;
  /** What the deltas were worked out from, and must still hold. */
  expected: { available?: number | { $gte: number }; owed?: number };
  entry: LedgerEntryDoc;
}

const statics = {
  /** Moves `amount` credits from available to held in one write. Null when there are too few, or the hold is refused. */
  holdCredits(this: Native<AccountDoc>, { userId, op, amount, holdBy, entry }: Hold): Promise<Funds | null> {
    return this.native().findOneAndUpdate(
      {
        _id: userId,
        available: { $gte: amount },
        "holds.op": { $ne: op },
        closed: { $ne: op },
        [`holds.${HOLDS_MAX - 1}`]: { $exists: false },
        $expr: { $lt: ["$$NOW", holdBy] },
      },
      { $inc: { available: -amount, held: amount, rev: 1 }, $push: { holds: { op, amount }, outbox: entry } },
      AFTER,
    );
  },

  /** Ends a hold: keeps `cost`, gives the rest back. Null when there is no such hold. */
  settleHold(this: Native<AccountDoc>, { userId, op, amount, cost, entry }: Settlement): Promise<Funds | null> {
    return this.native().findOneAndUpdate(
      { _id: userId, holds: { $elemMatch: { op, amount } } },
      {
        $pull: { holds: { op } },
        $push: { closed: { $each: [op], $slice: -CLOSED_KEPT }, outbox: entry },
        $inc: { held: -amount, available: amount - cost, rev: 1 },
      },
      AFTER,
    );
  },

  /**
   * Marks an operation that holds nothing as closed, so that a hold which comes late is refused. Null when it does hold
   * something after all: the hold came between.
   */
  async buryOperation(this: Native<AccountDoc>, { userId, op }: { userId: string; op: string }): Promise<Funds | null> {
    const accounts = this.native();
    const empty = { _id: userId, "holds.op": { $ne: op } };
    const buried = await accounts.findOneAndUpdate(
      { ...empty, closed: { $ne: op } },
      { $push: { closed: { $each: [op], $slice: -CLOSED_KEPT } } },
      AFTER,
    );
    return buried ?? (await accounts.findOne(empty, { projection: FUNDS }));
  },

  /** Takes entries that are in the ledger out of their accounts' outboxes. */
  async emptyOutboxes(this: Native<AccountDoc>, entries: LedgerEntryDoc[]): Promise<void> {
    const userIds = [...new Set(entries.map(({ userId }) => userId))];
    const entryIds = entries.map(({ _id }) => _id);
    await this.native().updateMany({ _id: { $in: userIds } }, { $pull: { outbox: { _id: { $in: entryIds } } } });
  },

  /** Gives or takes credits from outside, once per key. Null when the key was used, or what was expected changed. */
  changeCredits(this: Model<AccountDoc>, change: ExternalChange) {
    const { userId, key, deltaAvailable, deltaOwed, expected, entry } = change;
    return this.findOneAndUpdate(
      { _id: userId, applied: { $ne: key }, ...expected },
      {
        $inc: { available: deltaAvailable, owed: deltaOwed, rev: 1 },
        $push: { applied: key, outbox: entry },
      },
      { returnDocument: "after" },
    ).lean();
  },

  /** Makes the account with its first grant. False when it exists already: nothing changes. */
  async openAccount(this: Model<AccountDoc>, { userId, key, amount, entry }: Grant): Promise<boolean> {
    const { upsertedCount } = await this.updateOne(
      { _id: userId },
      {
        $setOnInsert: {
          available: amount,
          held: 0,
          owed: 0,
          rev: 1,
          holds: [],
          closed: [],
          applied: [key],
          outbox: [entry],
        },
      },
      { upsert: true },
    );
    return upsertedCount === 1;
  },
};

const schema = new Schema<AccountDoc>(
  {
    _id: { type: String, required: true },
    available: { type: Number, required: true, min: 0 },
    held: { type: Number, required: true, min: 0 },
    owed: { type: Number, required: true, min: 0 },
    rev: { type: Number, required: true },
    holds: [new Schema({ op: String, amount: Number }, { _id: false })],
    closed: [String],
    applied: [String],
    outbox: [new Schema<LedgerEntryDoc>(ledgerEntryFields)],
  },
  schemaOptions,
);
schema.index({ "holds.op": 1 });
schema.index({ "outbox._id": 1 }, { partialFilterExpression: { "outbox._id": { $exists: true } } });

export const Account = defineModel("Account", schema, statics);
