import type { z } from "zod";
import type { Answer, Call, Paypal } from "./call";
import { decimalsOf, feeOf, formatMinor, toAmount, type wireAmount } from "./money";
import { SELLER, STRANGER } from "./parties";
import { notFound } from "./problem";
import type { Payment } from "./state";
import { toTime } from "./time";

/** A payment by the name of its capture; PayPal finds a subscription's sales under the same address. */
export function findPayment({ state }: Paypal, id: string | undefined): Payment {
  const payment = state.payments.get(id);
  if (!payment) throw notFound();
  return payment;
}

export function getCapture(paypal: Paypal, _call: Call, id: string): Answer {
  return { status: 200, body: captureToWire(paypal, findPayment(paypal, id)) };
}

/** What went back so far; with `underWay`, also what is about to. */
export function refundedMinor({ refunds }: Payment, { underWay = false } = {}): number {
  const counted = refunds.filter(({ status }) => status === "COMPLETED" || (underWay && status === "PENDING"));
  return counted.reduce((sum, { minor }) => sum + minor, 0);
}

export function statusOf(payment: Payment): string {
  if (payment.status !== "COMPLETED") return payment.status;
  const refunded = refundedMinor(payment);
  if (refunded === 0) return "COMPLETED";
  return refunded < payment.amount.minor ? "PARTIALLY_REFUNDED" : "REFUNDED";
}

/** What the capture says it is worth: the truth, unless it was asked to lie. */
export function statedAmount({ amount, untrue }: Payment): z.infer<typeof wireAmount> {
  if (untrue === "amount") return toAmount({ ...amount, minor: amount.minor + 100 });
  if (untrue !== "currency") return toAmount(amount);
  const { value } = toAmount(amount);
  return {
    currency_code: amount.currency === "EUR" ? "USD" : "EUR",
    value: decimalsOf(amount.currency) === 0 ? `${value}.00` : value,
  };
}

/** A capture as the Payments API shows it. */
export function captureToWire({ base }: Paypal, payment: Payment): object {
  const { id, source, status, amount, customId } = payment;
  const stated = statedAmount(payment);
  const fee = feeOf(amount.minor);
  const part = (minor: number) => ({ ...stated, value: formatMinor(minor, amount.currency) });
  const address = `${base()}/v2/payments/captures/${id}`;
  return {
    id,
    status: statusOf(payment),
    ...(status === "PENDING" && { status_details: { reason: "PENDING_REVIEW" } }),
    amount: stated,
    final_capture: true,
    seller_protection: {
      status: "ELIGIBLE",
      dispute_categories: ["ITEM_NOT_RECEIVED", "UNAUTHORIZED_TRANSACTION"],
    },
    ...(status === "COMPLETED" && {
      seller_receivable_breakdown: {
        gross_amount: stated,
        paypal_fee: part(fee),
        net_amount: part(amount.minor - fee),
      },
    }),
    ...(customId !== undefined && { custom_id: customId }),
    payee: payment.untrue === "payee" ? STRANGER : SELLER,
    ...(source.kind === "order" && { supplementary_data: { related_ids: { order_id: source.orderId } } }),
    create_time: toTime(payment.createdAt),
    update_time: toTime(payment.updatedAt),
    links: [
      { href: address, rel: "self", method: "GET" },
      { href: `${address}/refund`, rel: "refund", method: "POST" },
      ...(source.kind === "order"
        ? [{ href: `${base()}/v2/checkout/orders/${source.orderId}`, rel: "up", method: "GET" }]
        : []),
    ],
  };
}
