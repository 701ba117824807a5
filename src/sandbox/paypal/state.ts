import { join } from "node:path";
import { z } from "zod";
import { Collection } from "./collection";
import { money } from "./money";

/** How a payment turns out, as chosen on the approval page. */
export const OUTCOMES = ["completed", "pending", "declined"] as const;
const outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcome>;

/** Times are milliseconds since the epoch. An order's status follows from its approval and its payment. */
const order = z.object({
  id: z.string(),
  /** The PayPal-Request-Id it was made with: the same one finds it again. */
  requestId: z.string().optional(),
  createdAt: z.number(),
  referenceId: z.string(),
  customId: z.string().optional(),
  description: z.string().optional(),
  amount: money,
  /** It was made with a payment source, so that only the payer is missing. */
  hasSource: z.boolean(),
  brandName: z.string().optional(),
  returnUrl: z.string().optional(),
  cancelUrl: z.string().optional(),
  approval: z.object({ at: z.number(), outcome }).optional(),
});
export type Order = z.infer<typeof order>;

const refund = z.object({
  id: z.string(),
  requestId: z.string().optional(),
  createdAt: z.number(),
  minor: z.int(),
  status: z.enum(["COMPLETED", "PENDING", "FAILED"]).default("COMPLETED"),
  customId: z.string().optional(),
  note: z.string().optional(),
});
export type Refund = z.infer<typeof refund>;

/** Money that was taken: the capture of an order, or one month of a subscription (PayPal calls that a sale). */
const payment = z.object({
  id: z.string(),
  requestId: z.string().optional(),
  createdAt: z.number(),
  updatedAt: z.number(),
  source: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("order"), orderId: z.string() }),
    z.object({ kind: z.literal("subscription"), subscriptionId: z.string() }),
  ]),
  customId: z.string().optional(),
  amount: money,
  status: z.enum(["COMPLETED", "PENDING", "DECLINED"]),
  /** What everyone who asks is told wrongly about it. */
  untrue: z.enum(["amount", "currency", "payee"]).optional(),
  refunds: z.array(refund),
});
export type Payment = z.infer<typeof payment>;

const subscription = z.object({
  id: z.string(),
  requestId: z.string().optional(),
  createdAt: z.number(),
  updatedAt: z.number(),
  planId: z.string(),
  customId: z.string().optional(),
  amount: money,
  brandName: z.string().optional(),
  returnUrl: z.string().optional(),
  cancelUrl: z.string().optional(),
  /** Both names of the approval, as they stand in the address of its page. */
  agreementToken: z.string(),
  token: z.string(),
  status: z.enum(["APPROVAL_PENDING", "ACTIVE", "SUSPENDED", "CANCELLED", "EXPIRED"]),
  /** Set while it is active. */
  nextBillingAt: z.number().optional(),
  failedPayments: z.int(),
});
export type Subscription = z.infer<typeof subscription>;

const dispute = z.object({
  id: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  paymentId: z.string(),
  amount: money,
  status: z.enum(["OPEN", "RESOLVED"]),
  outcome: z.enum(["RESOLVED_SELLER_FAVOUR", "RESOLVED_BUYER_FAVOUR"]).optional(),
});
export type Dispute = z.infer<typeof dispute>;

/** What happened before, to be remembered as it is given. */
export const records = z.strictObject({
  orders: z.array(order),
  payments: z.array(payment),
  subscriptions: z.array(subscription),
});
export type Records = z.infer<typeof records>;

/** All the stand-in remembers. */
export class PaypalState {
  readonly orders: Collection<Order>;
  readonly payments: Collection<Payment>;
  readonly subscriptions: Collection<Subscription>;
  readonly disputes: Collection<Dispute>;
  private loading: Promise<unknown> | undefined;

  /** `dir` is the stand-in's own. */
  constructor(dir: string) {
    this.orders = new Collection(join(dir, "orders"), order);
    this.payments = new Collection(join(dir, "payments"), payment);
    this.subscriptions = new Collection(join(dir, "subscriptions"), subscription);
    this.disputes = new Collection(join(dir, "disputes"), dispute);
  }

  /** Reads what an earlier run kept, once; everything else needs that first. */
  ready(): Promise<unknown> {
    this.loading ??= Promise.all(
      [this.orders, this.payments, this.subscriptions, this.disputes].map((it) => it.load()),
    );
    return this.loading;
  }
}
