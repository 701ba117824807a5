import { Schema } from "mongoose";
import type { Subscription as SubscriptionView } from "../src/shared/payments";
import { defineModel, schemaOptions } from "./define-model";

/** A subscription at PayPal. Each of its payments is a purchase of its own. */
export interface SubscriptionDoc {
  /** PayPal's id. */
  _id: string;
  userId: string;
  planId: string;
  state: SubscriptionView["state"];
  /** What each payment brings, and costs in the currency's smallest unit: as they were when it was made. */
  credits: number;
  amount: number;
  currency: string;
  every: { unit: "DAY" | "WEEK" | "MONTH" | "YEAR"; count: number };
  /** PayPal's page to agree on; unknown for one found by its payment. */
  approveUrl?: string;
  /** The end of what was paid for. */
  paidUntil?: Date;
  /** When PayPal charges next. */
  renewsAt?: Date;
  /** True while the subscriber's role is owed to it, so that a role given by an operator is not taken at its end. */
  roleGiven: boolean;
  /** When PayPal is to be asked what became of it. */
  checkAt?: Date;
  requestId: string;
  createdAt: Date;
}

const schema = new Schema<SubscriptionDoc>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    planId: { type: String, required: true },
    state: { type: String, required: true },
    credits: { type: Number, required: true, min: 1 },
    amount: { type: Number, required: true, min: 0 },
    currency: { type: String, required: true },
    every: new Schema({ unit: String, count: Number }, { _id: false }),
    approveUrl: String,
    paidUntil: Date,
    renewsAt: Date,
    roleGiven: { type: Boolean, required: true },
    checkAt: Date,
    requestId: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  schemaOptions,
);
schema.index({ userId: 1, createdAt: -1 });
schema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $exists: true } } });

export const Subscription = defineModel("Subscription", schema);
