import { type Model, Schema } from "mongoose";
import { defineModel, type Native, schemaOptions } from "./define-model";

export type OperationState = "NEW" | "HELD" | "DONE" | "FAILED" | "EXPIRED";

/** One use of credits, from the moment it is asked for. Its `state` is the decision everything else follows. */
export interface OperationDoc {
  /** `${userId}:${idempotencyKey}` */
  _id: string;
  /** Short form of `_id`, as it stands in the account's arrays. */
  op: string;
  userId: string;
  requestHash: string;
  kind: "chat" | "image";
  /** The most it can cost, which is what is held. */
  amount: number;
  /** What it did cost, once decided. */
  cost?: number;
  /** How an answer that is DONE ended, decided with it. */
  outcome?: "complete" | "stopped" | "cached";
  holdBy: Date;
  leaseUntil: Date;
  /** The worker that runs it. */
  owner: string;
  state: OperationState;
  /** True when the artefact is published and the hold is gone. */
  settled: boolean;
  /** Ids of what it makes; known from the start because they derive from the operation. */
  result: Record<string, string>;
  errorCode?: string;
  /** From `createdAt` to the first words of an answer, in ms. */
  firstTokenMs?: number;
  requestId: string;
  createdAt: Date;
}

interface Step {
  id: string;
  owner: string;
}

const statics = {
  /** NEW → HELD. False when someone else decided in the meantime. */
  async markHeld(this: Native<OperationDoc>, { id, owner }: Step): Promise<boolean> {
    const { modifiedCount } = await this.native().updateOne(
      { _id: id, owner, state: "NEW" },
      { $set: { state: "HELD" } },
    );
    return modifiedCount === 1;
  },

  /** The decision. False when it was already taken: the loser discards its work. */
  async decide(
    this: Native<OperationDoc>,
    {
      id,
      owner,
      from,
      ...outcome
    }: Step & { from: "NEW" | "HELD" } & (
        | { state: "DONE"; cost: number; outcome?: OperationDoc["outcome"]; firstTokenMs?: number }
        | { state: "FAILED"; errorCode: string }
      ),
  ): Promise<boolean> {
    const decision =
      outcome.state === "DONE"
        ? { state: outcome.state, cost: outcome.cost, outcome: outcome.outcome, firstTokenMs: outcome.firstTokenMs }
        : { state: outcome.state, cost: 0, errorCode: outcome.errorCode };
    const { modifiedCount } = await this.native().updateOne({ _id: id, owner, state: from }, { $set: decision });
    return modifiedCount === 1;
  },

  /** Says that the worker is alive. False when the operation is no longer its own. */
  async extendLease(this: Model<OperationDoc>, { id, owner, until }: Step & { until: Date }): Promise<boolean> {
    const { matchedCount } = await this.updateOne(
      { _id: id, owner, state: { $in: ["NEW", "HELD"] } },
      { $set: { leaseUntil: until } },
    );
    return matchedCount === 1;
  },

  /** Work that can be gone on with passes to another worker. Null when its own is alive after all. */
  takeOver(this: Model<OperationDoc>, { id, now, owner, until }: Step & { now: Date; until: Date }) {
    return this.findOneAndUpdate(
      { _id: id, state: "HELD", leaseUntil: { $lte: now } },
      { $set: { owner, leaseUntil: until } },
      { returnDocument: "after" },
    ).lean();
  },

  /** The decision over a worker that is gone: EXPIRED, unless it decided or renewed its lease. Null if it did. */
  expire(this: Model<OperationDoc>, { id, now }: { id: string; now: Date }) {
    return this.findOneAndUpdate(
      { _id: id, state: { $in: ["NEW", "HELD"] }, leaseUntil: { $lte: now } },
      { $set: { state: "EXPIRED", cost: 0 } },
      { returnDocument: "after" },
    ).lean();
  },

  async markSettled(this: Native<OperationDoc>, ids: string[]): Promise<void> {
    await this.native().updateMany(
      { _id: { $in: ids }, state: { $in: ["DONE", "FAILED", "EXPIRED"] } },
      { $set: { settled: true } },
    );
  },
};

const schema = new Schema<OperationDoc>(
  {
    _id: { type: String, required: true },
    op: { type: String, required: true },
    userId: { type: String, required: true },
    requestHash: { type: String, required: true },
    kind: { type: String, enum: ["chat", "image"], required: true },
    amount: { type: Number, required: true, min: 0 },
    cost: { type: Number, min: 0 },
    outcome: { type: String, enum: ["complete", "stopped", "cached"] },
    holdBy: { type: Date, required: true },
    leaseUntil: { type: Date, required: true },
    owner: { type: String, required: true },
    state: { type: String, enum: ["NEW", "HELD", "DONE", "FAILED", "EXPIRED"], required: true },
    settled: { type: Boolean, required: true },
    result: { type: Schema.Types.Mixed, required: true },
    errorCode: String,
    firstTokenMs: Number,
    requestId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  schemaOptions,
);
schema.index({ settled: 1, leaseUntil: 1 });
// For the overview, and for the story of a request.
schema.index({ createdAt: 1 });
schema.index({ requestId: 1 });

export const Operation = defineModel("Operation", schema, statics);
