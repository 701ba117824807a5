import type { Answer, Call, Paypal } from "./call";
import { findPayment, statusOf } from "./captures";
import { feeOf, formatMinor } from "./money";
import { notFound } from "./problem";
import type { Payment } from "./state";
import { toTime } from "./time";

/** What the older API calls the states of a payment. */
const STATES: Record<string, string> = { DECLINED: "denied" };

export function getSale(paypal: Paypal, _call: Call, id: string): Answer {
  const payment = findPayment(paypal, id);
  if (payment.source.kind !== "subscription") throw notFound();
  return { status: 200, body: saleToWire(paypal, payment) };
}

/** A month of a subscription as the older Payments API shows it, and as webhooks tell of it. */
export function saleToWire({ base }: Paypal, payment: Payment): object {
  const { id, source, amount, customId } = payment;
  const status = statusOf(payment);
  const total = formatMinor(amount.minor, amount.currency);
  const address = `${base()}/v1/payments/sale/${id}`;
  return {
    id,
    state: STATES[status] ?? status.toLowerCase(),
    amount: { total, currency: amount.currency, details: { subtotal: total } },
    payment_mode: "INSTANT_TRANSFER",
    protection_eligibility: "ELIGIBLE",
    transaction_fee: { value: formatMinor(feeOf(amount.minor), amount.currency), currency: amount.currency },
    ...(source.kind === "subscription" && { billing_agreement_id: source.subscriptionId }),
    ...(customId !== undefined && { custom: customId }),
    create_time: toTime(payment.createdAt),
    update_time: toTime(payment.updatedAt),
    links: [
      { href: address, rel: "self", method: "GET" },
      { href: `${address}/refund`, rel: "refund", method: "POST" },
    ],
  };
}
