import { type Model, Schema } from "mongoose";
import type { Role } from "../src/shared/entitlements";
import { defineModel, schemaOptions } from "./define-model";

/** A decided change of a user's role or status, with all that is needed to carry it out. */
export interface StandingChange {
  id: string;
  userId: string;
  /** The change that came before it, as the user has it: it is carried out after that one, and once. */
  after: string | null;
  set: { role?: Role; status?: "active" | "suspended" };
  /** What the audit log says of it. */
  audit: {
    id: string;
    actor: string;
    action: string;
    note: string;
    before: unknown;
    after: unknown;
    requestId: string;
  };
}

/**
 * Through this one document go all changes of role and status, one after the other, so that each is decided by what the
 * one before has made of the administrators.
 */
export interface StandingGuardDoc {
  _id: "standing";
  /** Counts the changes. */
  version: number;
  /** Decided, and not yet carried out as far as anybody knows. */
  pending?: StandingChange;
}

const ID = "standing" as const;

const statics = {
  /** How things stand. Makes the document when there is none. */
  read(this: Model<StandingGuardDoc>) {
    return this.findOneAndUpdate(
      { _id: ID },
      { $setOnInsert: { version: 0 } },
      { upsert: true, returnDocument: "after" },
    ).lean();
  },

  /** Decides a change. False when another was decided since `version` was read. */
  async decide(this: Model<StandingGuardDoc>, version: number, change: StandingChange): Promise<boolean> {
    const { modifiedCount } = await this.updateOne(
      { _id: ID, version, pending: { $exists: false } },
      { $set: { pending: change }, $inc: { version: 1 } },
    );
    return modifiedCount === 1;
  },

  /** Makes room for the next one. */
  async finish(this: Model<StandingGuardDoc>, changeId: string): Promise<void> {
    await this.updateOne({ _id: ID, "pending.id": changeId }, { $unset: { pending: 1 } });
  },
};

const schema = new Schema<StandingGuardDoc>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    pending: Schema.Types.Mixed,
  },
  schemaOptions,
);

export const StandingGuard = defineModel("StandingGuard", schema, statics);
