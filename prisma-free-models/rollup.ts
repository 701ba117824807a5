import { type Model, Schema } from "mongoose";
import { defineModel, schemaOptions } from "./define-model";

/**
 * What happened in one hour or one day of UTC, counted from the books and from what was made, so that nobody has to
 * count it again. It can be made anew at any time from what it was counted from, while that is kept.
 */
export interface RollupDoc {
  /** `hour:2026-01-31T13` or `day:2026-01-31` */
  _id: string;
  span: "hour" | "day";
  at: Date;
  newUsers: number;
  activeUsers: number;
  answers: number;
  cachedAnswers: number;
  images: number;
  asked: number;
  failed: number;
  creditsSold: number;
  creditsGiven: number;
  creditsUsed: number;
  creditsTaken: number;
  /** What the ledger did to all accounts together. */
  deltaAvailable: number;
  deltaHeld: number;
  deltaOwed: number;
  sales: { currency: string; sandbox: boolean; amount: number; refunded: number }[];
  /** Calls to real providers, and what those to the sandbox would have cost. */
  costMicros: number;
  sandboxCostMicros: number;
  /** First tokens by duration: `[bucket, count]`, see services/stats/histogram.ts. */
  firstTokens: [number, number][];
  /** Delivered and asked for, by part, for the status page. */
  chat: { asked: number; failed: number };
  image: { asked: number; failed: number };
  /** False while something in it may still change. */
  complete: boolean;
  /** Raised by whoever changes something in a span that is over, so that nobody writes older figures over it. */
  reopened: number;
}

/** What is counted of a span. */
export type RollupCounts = Omit<RollupDoc, "_id" | "span" | "at" | "complete" | "reopened">;

const rollupId = (span: RollupDoc["span"], at: Date) =>
  `${span}:${at.toISOString().slice(0, span === "hour" ? 13 : 10)}`;

const statics = {
  /**
   * The rollups of these spans, made where there are none: before anything is counted, so that no change goes unnoticed.
   * They are made one after the other, so that a crash leaves none out before one that is there.
   */
  async claim(this: Model<RollupDoc>, span: RollupDoc["span"], spans: Date[]) {
    const ids = spans.map((at) => rollupId(span, at));
    const known = await this.find({ _id: { $in: ids } }).lean();
    if (known.length === spans.length) return known;
    await this.bulkWrite(
      spans.map((at) => ({
        updateOne: {
          filter: { _id: rollupId(span, at) },
          update: { $setOnInsert: { span, at, complete: false, reopened: 0 } },
          upsert: true,
        },
      })),
    );
    return this.find({ _id: { $in: ids } }).lean();
  },

  /** Writes down what was counted, but where a span was reopened meanwhile. Says how many were written. */
  async close(this: Model<RollupDoc>, counted: { rollup: RollupDoc; counts: RollupCounts }[]): Promise<number> {
    const { matchedCount } = await this.bulkWrite(
      counted.map(({ rollup: { _id, reopened }, counts }) => ({
        updateOne: { filter: { _id, reopened }, update: { $set: { ...counts, complete: true } } },
      })),
      { ordered: false },
    );
    return matchedCount;
  },

  /** Has spans counted again. One that nobody has claimed yet will be counted anyway. */
  async reopen(this: Model<RollupDoc>, span: RollupDoc["span"], spans: Date[]): Promise<void> {
    await this.updateMany(
      { _id: { $in: spans.map((at) => rollupId(span, at)) } },
      { $set: { complete: false }, $inc: { reopened: 1 } },
    );
  },
};

const count = { type: Number, default: 0 };
const parts = new Schema({ asked: count, failed: count }, { _id: false });

const schema = new Schema<RollupDoc>(
  {
    _id: { type: String, required: true },
    span: { type: String, enum: ["hour", "day"], required: true },
    at: { type: Date, required: true },
    newUsers: count,
    activeUsers: count,
    answers: count,
    cachedAnswers: count,
    images: count,
    asked: count,
    failed: count,
    creditsSold: count,
    creditsGiven: count,
    creditsUsed: count,
    creditsTaken: count,
    deltaAvailable: count,
    deltaHeld: count,
    deltaOwed: count,
    sales: [new Schema({ currency: String, sandbox: Boolean, amount: Number, refunded: Number }, { _id: false })],
    costMicros: count,
    sandboxCostMicros: count,
    firstTokens: { type: Schema.Types.Mixed, default: () => [] },
    chat: { type: parts, default: () => ({}) },
    image: { type: parts, default: () => ({}) },
    complete: { type: Boolean, required: true },
    reopened: count,
  },
  schemaOptions,
);
schema.index({ span: 1, at: 1 });
schema.index({ complete: 1, span: 1, at: 1 }, { partialFilterExpression: { complete: false } });

export const Rollup = defineModel("Rollup", schema, statics);
