import { z } from "zod";
import { balance, cursorInput, idempotencyKey, itemId } from "./common";
import type { Money } from "./money";

const money: z.ZodType<Money> = z.object({ amount: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/) });

/** An order's id as PayPal makes it. */
const orderId = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/, "This is not an order's id.");
const subscriptionId = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/, "This is not a subscription's id.");

/** So many credits for so much money. The server's word alone decides. */
export const pack = z.object({ id: z.string(), credits: z.int().positive(), price: money });
export type Pack = z.infer<typeof pack>;

/** The subscription on offer. */
export const plan = z.object({
  credits: z.int().positive(),
  price: money,
  /** "month", "3 months": what one payment pays for. */
  period: z.string(),
  /** What a subscriber may do besides. */
  brings: z.object({ smart: z.boolean(), imagesPerRequest: z.int() }),
});
export type Plan = z.infer<typeof plan>;

/** What can be bought here and how; null when the operator has not set payments up. */
export const shop = z
  .object({
    packs: z.array(pack),
    plan: plan.nullable(),
    currency: z.string(),
    /** True when no real money moves. */
    sandbox: z.boolean(),
    /** For PayPal's button script. */
    clientId: z.string(),
    /** Where the button script is; absent: at PayPal. */
    sdkBaseUrl: z.string().optional(),
  })
  .nullable();
export type Shop = NonNullable<z.infer<typeof shop>>;

export const PURCHASE_STATES = [
  "CREATED",
  "CAPTURING",
  "PENDING",
  "CAPTURED",
  "CREDITED",
  "DENIED",
  "ABANDONED",
  "PARTIALLY_REFUNDED",
  "REFUNDED",
  "DISPUTED",
] as const;
export const purchaseState = z.enum(PURCHASE_STATES);
export type PurchaseState = z.infer<typeof purchaseState>;

export const createOrderInput = z.strictObject({ packId: itemId.or(z.string().regex(/^\d{1,7}$/)), idempotencyKey });
/** `approveUrl`: PayPal's page, for a browser in which the buttons do not load. */
export const createOrderOutput = z.object({ orderId: z.string(), approveUrl: z.string() });

export const captureOrderInput = z.strictObject({ orderId });
export const captureOrderOutput = z.object({
  purchaseId: z.string(),
  state: purchaseState,
  /** What the purchase has brought so far: 0 until PayPal says that the money is there. */
  credits: z.int().min(0),
  balance,
});
export type CaptureOrderOutput = z.infer<typeof captureOrderOutput>;

/** One purchase as its buyer sees it. */
export const purchase = z.object({
  id: z.string(),
  /** A pack bought once, or one month of a subscription. */
  kind: z.enum(["pack", "subscription"]),
  state: purchaseState,
  credits: z.int(),
  price: money,
  /** Credits taken back by refunds and disputes so far. */
  creditsTakenBack: z.int(),
  /** Money refunded so far. */
  refunded: money,
  createdAt: z.date(),
  /** When PayPal had the money. */
  paidAt: z.date().optional(),
  requestId: z.string(),
});
export type Purchase = z.infer<typeof purchase>;

export const purchaseHistoryInput = cursorInput;
export const purchasePage = z.object({ items: z.array(purchase), nextCursor: z.string().optional() });
export const purchaseIdInput = z.strictObject({ purchaseId: itemId });

/** Everything a printed receipt says. */
export const receipt = purchase.extend({
  /** Who sold, in the operator's words. */
  seller: z.string(),
  sellerDetails: z.string().optional(),
  buyer: z.object({ name: z.string(), email: z.string() }),
  /** PayPal's ids, for questions to PayPal. */
  orderId: z.string().optional(),
  captureId: z.string().optional(),
  sandbox: z.boolean(),
});
export type Receipt = z.infer<typeof receipt>;

export const SUBSCRIPTION_STATES = ["APPROVAL_PENDING", "ACTIVE", "SUSPENDED", "CANCELLED", "EXPIRED"] as const;
export const subscriptionState = z.enum(SUBSCRIPTION_STATES);

export const subscribeInput = z.strictObject({ idempotencyKey });
export const subscribeOutput = z.object({ subscriptionId: z.string(), approveUrl: z.string() });
export const subscriptionIdInput = z.strictObject({ subscriptionId });

/** A subscription as its owner sees it. */
export const subscription = z.object({
  id: z.string(),
  state: subscriptionState,
  credits: z.int(),
  price: money,
  period: z.string(),
  /** The role lasts until then. */
  paidUntil: z.date().optional(),
  /** When PayPal will charge again; absent once it is cancelled. */
  renewsAt: z.date().optional(),
  createdAt: z.date(),
});
export type Subscription = z.infer<typeof subscription>;
export const currentSubscription = subscription.nullable();
