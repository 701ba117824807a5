import { type Model, Schema } from "mongoose";
import type { PurchaseState } from "../src/shared/payments";
import { defineModel, schemaOptions } from "./define-model";

/** Credits bought: a pack paid for once, or one payment of a subscription. What PayPal says of it is gathered here. */
export interface PurchaseDoc {
  /** Derived from the buyer and their idempotency key, or from the subscription's sale. PayPal carries it too. */
  _id: string;
  userId: string;
  kind: "pack" | "subscription";
  packId?: string;
  subscriptionId?: string;
  /** What it brings. */
  credits: number;
  /** What it costs, in the currency's smallest unit. */
  amount: number;
  currency: string;
  /** Bought with play money. */
  sandbox: boolean;
  orderId?: string;
  approveUrl?: string;
  /** Who gets the money, as PayPal said when the order was made. */
  payee?: string;
  /** The capture, or the subscription's sale: the one key its credits are granted under. */
  captureId?: string;
  state: PurchaseState;
  /** Why its credits were refused, when something about the payment was not as ordered. */
  problem?: string;
  /** How often the buyer's way to pay was declined; makes the key of the next attempt. */
  attempts: number;
  /** Money that went back. */
  refunds: { id: string; amount: number }[];
  /** Money somebody wants back. `refundedBefore`: how much had gone back when it was opened. */
  disputes: { id: string; amount: number; refundedBefore: number; state: "open" | "won" | "lost" }[];
  /** What refunds and disputes do to the credits, each decided once, to be applied under its key after the grant. */
  moves: { key: string; credits: number; reason: string; requestId: string }[];
  /** A refund that was decided here and that PayPal has not been heard to make or refuse. One at a time. */
  openRefund?: OpenRefund;
  /** Raised with every change to refunds, disputes and moves, and with a refund that is decided. */
  version: number;
  /** When PayPal is to be asked what became of it; absent once nothing can change by itself. */
  checkAt?: Date;
  /** How often it was asked after while PayPal kept it waiting. */
  checks: number;
  requestId: string;
  createdAt: Date;
  updatedAt: Date;
  /** When PayPal had the money. */
  paidAt?: Date;
}

export interface OpenRefund {
  /** PayPal makes one refund for one key, however often it is asked. */
  key: string;
  /** In the currency's smallest unit. */
  amount: number;
  /** What was asked for: so much, or with null all that was left. */
  asked: number | null;
  /** PayPal's name for it, while it takes its time. */
  refundId?: string;
  /** For the audit log. */
  actor: string;
  note: string;
  requestId: string;
  /** How the purchase stood before. */
  before: { state: PurchaseState; refunded: number };
}

/** States in which no money has been taken as far as we know. */
const UNPAID: PurchaseState[] = ["CREATED", "CAPTURING", "ABANDONED"];

type Facts = Pick<PurchaseDoc, "refunds" | "disputes" | "moves">;

const statics = {
  /** Writes down which order stands for the purchase, once. */
  async setOrder(
    this: Model<PurchaseDoc>,
    id: string,
    order: { orderId: string; approveUrl: string; payee: string | undefined },
  ): Promise<void> {
    await this.updateOne({ _id: id, orderId: { $exists: false } }, { $set: order });
  },

  /** CREATED → CAPTURING, before PayPal is asked for the money. */
  async beginCapture(this: Model<PurchaseDoc>, id: string, checkAt: Date): Promise<void> {
    await this.updateOne(
      { _id: id, state: { $in: ["CREATED", "ABANDONED"] } },
      { $set: { state: "CAPTURING", checkAt, updatedAt: new Date() } },
    );
  },

  /** CAPTURING → CREATED or ABANDONED: PayPal took nothing. */
  async endCapture(
    this: Model<PurchaseDoc>,
    id: string,
    { state, checkAt }: { state: "CREATED" | "ABANDONED"; checkAt: Date | undefined },
  ): Promise<void> {
    await this.updateOne(
      { _id: id, state: "CAPTURING", captureId: { $exists: false } },
      {
        $set: { state, updatedAt: new Date(), ...(checkAt && { checkAt }) },
        $inc: { attempts: 1 },
        ...(!checkAt && { $unset: { checkAt: 1 as const } }),
      },
    );
  },

  /** Writes down which capture paid for it. One that came to nothing gives way to the next. */
  async setCapture(this: Model<PurchaseDoc>, id: string, captureId: string, checkAt: Date): Promise<boolean> {
    const { matchedCount } = await this.updateOne(
      {
        _id: id,
        $or: [{ captureId }, { captureId: { $exists: false } }, { state: "DENIED", problem: { $exists: false } }],
      },
      { $set: { captureId } },
    );
    if (matchedCount === 0) return false;
    await this.updateOne(
      { _id: id, captureId, state: { $in: [...UNPAID, "DENIED"] }, problem: { $exists: false } },
      { $set: { state: "CAPTURED", checkAt, updatedAt: new Date() } },
    );
    return true;
  },

  /** Decides a refund, before PayPal is asked. False when the purchase changed since it was read, or one is open. */
  async openRefund(
    this: Model<PurchaseDoc>,
    purchase: PurchaseDoc,
    refund: OpenRefund,
    checkAt: Date,
  ): Promise<boolean> {
    const { modifiedCount } = await this.updateOne(
      { _id: purchase._id, version: purchase.version, openRefund: { $exists: false } },
      { $set: { openRefund: refund, checkAt, updatedAt: new Date() }, $inc: { version: 1 } },
    );
    return modifiedCount === 1;
  },

  /** Writes down that PayPal has taken a refund on, and takes its time with it. */
  async keepRefundOpen(this: Model<PurchaseDoc>, id: string, key: string, refundId: string): Promise<void> {
    await this.updateOne({ _id: id, "openRefund.key": key }, { $set: { "openRefund.refundId": refundId } });
  },

  /** PayPal has made the refund, or will not. */
  async closeRefund(this: Model<PurchaseDoc>, id: string, key: string): Promise<void> {
    await this.updateOne({ _id: id, "openRefund.key": key }, { $unset: { openRefund: 1 } });
  },

  /** Adds a fact and what it does to the credits. False when the purchase changed since it was read. */
  async addFacts(this: Model<PurchaseDoc>, purchase: PurchaseDoc, facts: Facts): Promise<boolean> {
    const { modifiedCount } = await this.updateOne(
      { _id: purchase._id, version: purchase.version },
      { $set: { ...facts, updatedAt: new Date() }, $inc: { version: 1 } },
    );
    return modifiedCount === 1;
  },

  /** The state it has come to. False when it changed since it was read. */
  async moveTo(
    this: Model<PurchaseDoc>,
    purchase: PurchaseDoc,
    changes: { state: PurchaseState; checkAt?: Date; checks?: number; paidAt?: Date; problem?: string },
  ): Promise<boolean> {
    const { checkAt, ...rest } = changes;
    const updatedAt = rest.state === purchase.state ? purchase.updatedAt : new Date();
    const { matchedCount } = await this.updateOne(
      { _id: purchase._id, version: purchase.version, state: purchase.state },
      checkAt ? { $set: { ...rest, updatedAt, checkAt } } : { $set: { ...rest, updatedAt }, $unset: { checkAt: 1 } },
    );
    return matchedCount === 1;
  },
};

const schema = new Schema<PurchaseDoc>(
  {
    _id: { type: String, required: true },
    userId: { type: String, required: true },
    kind: { type: String, enum: ["pack", "subscription"], required: true },
    packId: String,
    subscriptionId: String,
    credits: { type: Number, required: true, min: 1 },
    amount: { type: Number, required: true, min: 0 },
    currency: { type: String, required: true },
    sandbox: { type: Boolean, required: true },
    orderId: String,
    approveUrl: String,
    payee: String,
    captureId: String,
    state: { type: String, required: true },
    problem: String,
    attempts: { type: Number, required: true },
    refunds: [new Schema({ id: String, amount: Number }, { _id: false, id: false })],
    disputes: [
      new Schema({ id: String, amount: Number, refundedBefore: Number, state: String }, { _id: false, id: false }),
    ],
    openRefund: Schema.Types.Mixed,
    moves: [new Schema({ key: String, credits: Number, reason: String, requestId: String }, { _id: false })],
    version: { type: Number, required: true },
    checkAt: Date,
    checks: { type: Number, required: true },
    requestId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    paidAt: Date,
  },
  schemaOptions,
);
// Partial by `$exists`, not `$type`: MongoDB takes a partial index only when the query implies its filter, and a comparison
// implies that the field is there, never its type.
schema.index({ orderId: 1 }, { unique: true, partialFilterExpression: { orderId: { $exists: true } } });
schema.index({ captureId: 1 }, { unique: true, partialFilterExpression: { captureId: { $exists: true } } });
schema.index({ userId: 1, createdAt: -1, _id: -1 });
// For the operator's list and overview.
schema.index({ createdAt: -1, _id: -1 });
schema.index({ state: 1, createdAt: -1, _id: -1 });
schema.index({ paidAt: 1 }, { partialFilterExpression: { paidAt: { $exists: true } } });
schema.index({ requestId: 1 });
schema.index({ checkAt: 1 }, { partialFilterExpression: { checkAt: { $exists: true } } });

export const Purchase = defineModel("Purchase", schema, statics);
