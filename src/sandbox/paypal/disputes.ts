import type { Answer, Call, Paypal } from "./call";
import { refundedMinor, statusOf } from "./captures";
import { newDisputeId } from "./ids";
import { toAmount } from "./money";
import { PAYER, SELLER } from "./parties";
import { notFound } from "./problem";
import { makeRefund } from "./refunds";
import type { Dispute, Payment } from "./state";
import { toTime } from "./time";

export function getDispute(paypal: Paypal, _call: Call, id: string): Answer {
  const dispute = paypal.state.disputes.get(id);
  if (!dispute) throw notFound();
  return { status: 200, body: disputeToWire(paypal, dispute) };
}

/** The payer wants the money back, and asks PayPal for it. */
export async function openDispute(paypal: Paypal, payment: Payment): Promise<Dispute> {
  const now = Date.now();
  const { currency, minor } = payment.amount;
  const dispute: Dispute = {
    id: newDisputeId(),
    createdAt: now,
    updatedAt: now,
    paymentId: payment.id,
    amount: { currency, minor: minor - refundedMinor(payment) },
    status: "OPEN",
  };
  await paypal.state.disputes.save(dispute);
  announce(paypal, dispute, "CREATED", "A new dispute opened with you by the buyer");
  return dispute;
}

/** PayPal decides. For the payer, it takes back what the payment still holds. */
export async function resolveDispute(paypal: Paypal, dispute: Dispute, winner: "seller" | "buyer") {
  dispute.status = "RESOLVED";
  dispute.outcome = winner === "buyer" ? "RESOLVED_BUYER_FAVOUR" : "RESOLVED_SELLER_FAVOUR";
  dispute.updatedAt = Date.now();
  await paypal.state.disputes.save(dispute);
  const payment = paypal.state.payments.get(dispute.paymentId);
  const left = payment ? payment.amount.minor - refundedMinor(payment) : 0;
  const refund =
    payment && winner === "buyer" && left > 0
      ? await makeRefund(paypal, payment, { minor: left, note: "Payment reversed" }, { reversal: true })
      : undefined;
  announce(paypal, dispute, "RESOLVED", "A dispute was resolved");
  return refund;
}

function announce(paypal: Paypal, dispute: Dispute, turn: string, summary: string): void {
  paypal.webhooks.emit({
    event_type: `CUSTOMER.DISPUTE.${turn}`,
    resource_type: "dispute",
    summary,
    resource: disputeToWire(paypal, dispute),
  });
}

/** A dispute as the Disputes API shows it. */
function disputeToWire({ base, state }: Paypal, dispute: Dispute): object {
  const payment = state.payments.get(dispute.paymentId);
  const amount = toAmount(dispute.amount);
  return {
    dispute_id: dispute.id,
    create_time: toTime(dispute.createdAt),
    update_time: toTime(dispute.updatedAt),
    disputed_transactions: [
      {
        seller_transaction_id: dispute.paymentId,
        ...(payment && {
          create_time: toTime(payment.createdAt),
          transaction_status: statusOf(payment),
          gross_amount: toAmount(payment.amount),
          ...(payment.customId !== undefined && { custom: payment.customId }),
        }),
        buyer: { name: `${PAYER.name.given_name} ${PAYER.name.surname}` },
        seller: { email: SELLER.email_address, merchant_id: SELLER.merchant_id, name: "Inkwell" },
        seller_protection_eligible: true,
      },
    ],
    reason: "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
    status: dispute.status,
    dispute_amount: amount,
    ...(dispute.outcome && {
      dispute_outcome: {
        outcome_code: dispute.outcome,
        ...(dispute.outcome === "RESOLVED_BUYER_FAVOUR" && { amount_refunded: amount }),
      },
    }),
    dispute_life_cycle_stage: "INQUIRY",
    dispute_channel: "INTERNAL",
    links: [{ href: `${base()}/v1/customer/disputes/${dispute.id}`, rel: "self", method: "GET" }],
  };
}
