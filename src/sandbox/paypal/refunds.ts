import { z } from "zod";
import type { Answer, Call, Paypal } from "./call";
import { findPayment, refundedMinor } from "./captures";
import { newId } from "./ids";
import { formatMinor, parseAmount, toAmount, wireAmount } from "./money";
import { notFound, readAs, unprocessable } from "./problem";
import type { Payment, Refund } from "./state";
import { toTime } from "./time";

const refundBody = z
  .object({
    amount: wireAmount.optional(),
    custom_id: z.string().max(127).optional(),
    note_to_payer: z.string().max(255).optional(),
  })
  .default({});

export async function refundCapture(paypal: Paypal, call: Call, id: string): Promise<Answer> {
  const payment = findPayment(paypal, id);
  const wanted = readAs(refundBody, call.body);
  const earlier = payment.refunds.find(({ requestId }) => requestId !== undefined && requestId === call.requestId);
  const refund =
    earlier ??
    (await makeRefund(paypal, payment, {
      minor: minorToRefund(paypal, payment, wanted.amount),
      status: statusFor(call),
      requestId: call.requestId,
      customId: wanted.custom_id,
      note: wanted.note_to_payer,
    }));
  const { id: refundId, status, links } = refundToWire(paypal, payment, refund);
  return {
    status: earlier ? 200 : 201,
    body: call.full ? refundToWire(paypal, payment, refund) : { id: refundId, status, links },
  };
}

/** What becomes of it: as a fault has it, else it is done at once. */
function statusFor({ fault }: Call): Refund["status"] {
  if (fault?.kind !== "refund-refused") return fault?.kind === "refund-pending" ? "PENDING" : "COMPLETED";
  throw unprocessable("REFUND_FAILED_INSUFFICIENT_FUNDS", "Refund cannot be processed due to insufficient funds.");
}

export function getRefund(paypal: Paypal, _call: Call, id: string): Answer {
  const payment = paypal.state.payments.find(({ refunds }) => refunds.some((refund) => refund.id === id));
  const refund = payment?.refunds.find((it) => it.id === id);
  if (!payment || !refund) throw notFound();
  return { status: 200, body: refundToWire(paypal, payment, refund) };
}

/** What the caller asks to give back, or all that is left; throws when PayPal would refuse. */
export function minorToRefund({ state }: Paypal, payment: Payment, wanted?: z.infer<typeof wireAmount>): number {
  if (payment.status === "PENDING") {
    throw unprocessable("PENDING_CAPTURE", "Cannot initiate a refund as the capture is pending.");
  }
  if (payment.status === "DECLINED") {
    throw unprocessable("CAPTURE_STATUS_NOT_VALID", "The capture was declined and cannot be refunded.");
  }
  const left = payment.amount.minor - refundedMinor(payment, { underWay: true });
  if (left === 0) throw unprocessable("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded.");
  if (!wanted) return left;
  const { currency, minor } = parseAmount(wanted, "/amount");
  if (currency !== payment.amount.currency) {
    const description = "Refund must be in the same currency as the capture.";
    throw unprocessable("REFUND_CAPTURE_CURRENCY_MISMATCH", description, "/amount/currency_code");
  }
  const disputed = state.disputes.find((it) => it.paymentId === payment.id && it.status === "OPEN");
  if (disputed && minor < left) {
    const description = "A disputed capture can only be refunded in full.";
    throw unprocessable("CAPTURE_DISPUTED_PARTIAL_REFUND_NOT_ALLOWED", description, "/amount/value");
  }
  if (minor <= left) return minor;
  const description =
    "The refund amount must be less than or equal to the capture amount that has not yet been refunded.";
  throw unprocessable("REFUND_AMOUNT_EXCEEDED", description, "/amount/value");
}

type NewRefund = Pick<Refund, "minor" | "requestId" | "customId" | "note"> & { status?: Refund["status"] };

/** Gives money back. `reversal`: PayPal did it, over the seller's head. */
export async function makeRefund(
  paypal: Paypal,
  payment: Payment,
  wanted: NewRefund,
  { reversal = false } = {},
): Promise<Refund> {
  const now = Date.now();
  const refund: Refund = { id: newId(), createdAt: now, status: "COMPLETED", ...wanted };
  payment.refunds.push(refund);
  payment.updatedAt = now;
  await paypal.state.payments.save(payment);
  if (refund.status === "COMPLETED") announceRefund(paypal, payment, refund, reversal ? "reversed" : "refunded");
  return refund;
}

/** A refund that was under way is made, or comes to nothing. */
export async function endRefund(paypal: Paypal, payment: Payment, refund: Refund, status: "COMPLETED" | "FAILED") {
  refund.status = status;
  payment.updatedAt = Date.now();
  await paypal.state.payments.save(payment);
  if (status === "COMPLETED") announceRefund(paypal, payment, refund, "refunded");
}

function announceRefund(paypal: Paypal, payment: Payment, refund: Refund, verb: "refunded" | "reversed"): void {
  const sum = `${formatMinor(refund.minor, payment.amount.currency)} ${payment.amount.currency}`;
  const [kind, resource] =
    payment.source.kind === "order"
      ? ["CAPTURE", refundToWire(paypal, payment, refund)]
      : ["SALE", saleRefundToWire(paypal, payment, refund)];
  paypal.webhooks.emit({
    event_type: `PAYMENT.${kind}.${verb.toUpperCase()}`,
    resource_type: "refund",
    summary: `A ${sum} ${kind?.toString().toLowerCase()} payment was ${verb}`,
    resource,
  });
}

/** A refund as the Payments API shows it. */
export function refundToWire({ base }: Paypal, payment: Payment, refund: Refund) {
  const { currency } = payment.amount;
  const amount = toAmount({ currency, minor: refund.minor });
  const soFar = payment.refunds
    .slice(0, payment.refunds.indexOf(refund) + 1)
    .reduce((sum, { minor }) => sum + minor, 0);
  return {
    id: refund.id,
    status: refund.status,
    amount,
    ...(refund.customId !== undefined && { custom_id: refund.customId }),
    ...(refund.note !== undefined && { note_to_payer: refund.note }),
    seller_payable_breakdown: {
      gross_amount: amount,
      paypal_fee: toAmount({ currency, minor: 0 }),
      net_amount: amount,
      total_refunded_amount: toAmount({ currency, minor: soFar }),
    },
    create_time: toTime(refund.createdAt),
    update_time: toTime(refund.createdAt),
    links: [
      { href: `${base()}/v2/payments/refunds/${refund.id}`, rel: "self", method: "GET" },
      { href: paymentAddress(base(), payment), rel: "up", method: "GET" },
    ],
  };
}

/** A refund of a subscription's sale, as its webhook carries it: in the older form of the Payments API. */
function saleRefundToWire({ base }: Paypal, payment: Payment, refund: Refund): object {
  const { currency } = payment.amount;
  return {
    id: refund.id,
    sale_id: payment.id,
    state: "completed",
    amount: { total: formatMinor(refund.minor, currency), currency },
    create_time: toTime(refund.createdAt),
    update_time: toTime(refund.createdAt),
    links: [
      { href: `${base()}/v1/payments/refund/${refund.id}`, rel: "self", method: "GET" },
      { href: paymentAddress(base(), payment), rel: "sale", method: "GET" },
    ],
  };
}

function paymentAddress(base: string, { id, source }: Payment): string {
  return source.kind === "order" ? `${base}/v2/payments/captures/${id}` : `${base}/v1/payments/sale/${id}`;
}
