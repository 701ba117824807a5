import { z } from "zod";
import { fromDecimal, type Money, toDecimal } from "@/shared/money";
import type {
  Capture,
  CaptureStatus,
  Dispute,
  Order,
  Plan,
  ProviderSubscription,
  Refund,
  Sale,
  Webhook,
} from "./payment-provider";

/** What PayPal's REST API says, and its translation. Unknown states are refused: money must not rest on a guess. */

const id = z.string().min(1).max(100);
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const links = z.array(z.object({ rel: z.string(), href: z.string() })).default([]);
const page = z.url({ protocol: /^https?$/ });

/** For answers in which nothing is said. */
export const nothing = z.unknown();

export function writeAmount(money: Money) {
  return { currency_code: money.currency, value: toDecimal(money) };
}

/** Undefined for what is not an amount in a currency we know how to read. */
const amount = z
  .object({ currency_code: z.string().regex(/^[A-Z]{3}$/), value: z.string() })
  .transform(({ currency_code, value }) => fromDecimal(value, currency_code))
  .optional()
  .catch(undefined);

const payee = z
  .object({ merchant_id: id.optional() })
  .optional()
  .transform((value) => value?.merchant_id);

const ids = z
  .array(z.object({ id }))
  .default([])
  .transform((items) => items.map((item) => item.id));

const unit = z.object({
  custom_id: z.string().optional(),
  payee,
  payments: z.object({ captures: ids, refunds: ids }).optional(),
});

const orderStatus = z
  .enum(["APPROVED", "COMPLETED", "VOIDED"])
  .or(z.enum(["CREATED", "SAVED", "PAYER_ACTION_REQUIRED"]).transform(() => "OPEN" as const));

export const order = z.object({ id, status: orderStatus, purchase_units: z.array(unit).default([]) }).transform(
  ({ id, status, purchase_units }): Order => ({
    id,
    status,
    purchaseId: purchase_units[0]?.custom_id,
    captureIds: purchase_units.flatMap(({ payments }) => payments?.captures ?? []),
    refundIds: purchase_units.flatMap(({ payments }) => payments?.refunds ?? []),
  }),
);

/** States in which the buyer has yet to agree. */
const AWAITING = new Set([undefined, "CREATED", "SAVED", "PAYER_ACTION_REQUIRED", "APPROVAL_PENDING"]);

/** A new order or subscription, or the one there is when the request was repeated. */
const created = z.object({ id, status: z.string().optional(), links }).transform(({ id, status, links }, context) => {
  // PayPal's name for the link depends on whether the order named its source of payment.
  const link = page.safeParse(links.find(({ rel }) => rel === "payer-action" || rel === "approve")?.href);
  // Once the buyer has agreed there is no such page any more.
  if (link.success || !AWAITING.has(status)) return { id, approveUrl: link.data };
  context.addIssue({ code: "custom", message: "no approval link", path: ["links"] });
  return z.NEVER;
});

export const createdOrder = created.and(
  z
    .object({ purchase_units: z.array(unit).default([]) })
    .transform(({ purchase_units }) => ({ payee: purchase_units[0]?.payee })),
);

export const createdSubscription = created;

/** An order right after its capture: its status has a life of its own, the capture's id is what counts. */
export const capturedOrder = z
  .object({ status: z.string().optional(), purchase_units: z.array(unit).default([]) })
  .transform(({ status, purchase_units }) => ({
    needsPayer: status === "PAYER_ACTION_REQUIRED",
    captureId: purchase_units.flatMap(({ payments }) => payments?.captures ?? [])[0],
  }));

const captureStatus = z
  .enum(["COMPLETED", "PENDING", "DECLINED", "PARTIALLY_REFUNDED", "REFUNDED", "FAILED"])
  .transform((status): CaptureStatus => (status === "FAILED" ? "DECLINED" : status));

export const capture = z
  .object({
    id,
    status: captureStatus,
    amount,
    custom_id: z.string().optional(),
    supplementary_data: z.object({ related_ids: z.object({ order_id: id.optional() }).optional() }).optional(),
    payee,
    create_time: time,
  })
  .transform(
    ({ id, status, amount, custom_id, supplementary_data, payee, create_time }): Capture => ({
      id,
      status,
      price: amount,
      purchaseId: custom_id,
      orderId: supplementary_data?.related_ids?.order_id,
      payee,
      at: create_time,
    }),
  );

export const refund = z
  .object({ id, status: z.enum(["COMPLETED", "PENDING", "FAILED", "CANCELLED"]), amount, links })
  .transform(({ id, status, amount, links }, context): Refund => {
    const up = links.find(({ rel }) => rel === "up");
    const captureId = up?.href
      .replace(/[?#].*$/, "")
      .split("/")
      .at(-1);
    if (captureId) return { id, captureId, status, money: amount };
    context.addIssue({ code: "custom", message: "no link to what was refunded", path: ["links"] });
    return z.NEVER;
  });

/** Outcomes that leave the money where it was. */
const WON = new Set(["RESOLVED_SELLER_FAVOUR", "CANCELED_BY_BUYER", "DENIED"]);

export const dispute = z
  .object({
    dispute_id: id,
    status: z.enum([
      "OPEN",
      "WAITING_FOR_BUYER_RESPONSE",
      "WAITING_FOR_SELLER_RESPONSE",
      "UNDER_REVIEW",
      "RESOLVED",
      "OTHER",
    ]),
    dispute_outcome: z.object({ outcome_code: z.string().optional() }).optional(),
    dispute_amount: amount,
    disputed_transactions: z.array(z.object({ seller_transaction_id: id.optional() })).default([]),
  })
  .transform(({ dispute_id, status, dispute_outcome, dispute_amount, disputed_transactions }): Dispute => {
    const outcome = WON.has(dispute_outcome?.outcome_code ?? "") ? "won" : "lost";
    return {
      id: dispute_id,
      captureIds: disputed_transactions.flatMap(({ seller_transaction_id }) => seller_transaction_id ?? []),
      state: status === "RESOLVED" ? outcome : "open",
      money: dispute_amount,
    };
  });

const cycle = z.object({
  tenure_type: z.string(),
  frequency: z.object({
    interval_unit: z.enum(["DAY", "WEEK", "MONTH", "YEAR"]),
    interval_count: z.int().min(1).default(1),
  }),
  pricing_scheme: z.object({ fixed_price: amount }).optional(),
});

export const plan = z
  .object({ id, billing_cycles: z.array(cycle) })
  .transform(({ id, billing_cycles }, context): Plan => {
    const regular = billing_cycles.find(({ tenure_type }) => tenure_type === "REGULAR");
    const price = regular?.pricing_scheme?.fixed_price;
    if (regular && price) {
      const { interval_unit, interval_count } = regular.frequency;
      return { id, price, every: { unit: interval_unit, count: interval_count } };
    }
    context.addIssue({ code: "custom", message: "no fixed regular price", path: ["billing_cycles"] });
    return z.NEVER;
  });

export const subscription = z
  .object({
    id,
    status: z.enum(["APPROVAL_PENDING", "APPROVED", "ACTIVE", "SUSPENDED", "CANCELLED", "EXPIRED"]),
    plan_id: id,
    custom_id: z.string().optional(),
    billing_info: z.object({ next_billing_time: time.optional() }).optional(),
    start_time: time,
  })
  .transform(
    ({ id, status, plan_id, custom_id, billing_info, start_time }): ProviderSubscription => ({
      id,
      // Agreed to, but not yet begun.
      status: status === "APPROVED" ? "APPROVAL_PENDING" : status,
      planId: plan_id,
      userId: custom_id,
      // PayPal goes on naming a date for one that was suspended or cancelled.
      nextBillingAt: status === "ACTIVE" ? billing_info?.next_billing_time : undefined,
      startedAt: start_time,
    }),
  );

const sale = z
  .object({ id, status: captureStatus, amount_with_breakdown: z.object({ gross_amount: amount }).optional(), time })
  .transform(
    ({ id, status, amount_with_breakdown, time }): Sale => ({
      id,
      status,
      money: amount_with_breakdown?.gross_amount,
      at: time,
    }),
  );

export const salesPage = z
  .object({ transactions: z.array(sale).default([]), links })
  .transform(({ transactions, links }) => ({
    sales: transactions,
    /** The query of the page that follows. */
    next: links.find(({ rel }) => rel === "next")?.href.replace(/^[^?]*/, ""),
  }));

const webhook = z
  .object({ id, url: z.string(), event_types: z.array(z.object({ name: z.string() })).default([]) })
  .transform(({ id, url, event_types }): Webhook => ({ id, url, events: event_types.map(({ name }) => name) }));

export const webhooks = z.object({ webhooks: z.array(webhook).default([]) }).transform(({ webhooks }) => webhooks);
