import type { Paypal } from "./call";
import { toAmount } from "./money";
import { PAYER } from "./parties";
import type { Payment, Subscription } from "./state";
import { toTime } from "./time";

/** The months taken so far, oldest first. */
export function salesOf({ state }: Paypal, { id }: Subscription): Payment[] {
  return state.payments.list(({ source }) => source.kind === "subscription" && source.subscriptionId === id);
}

export function announceSubscription(paypal: Paypal, subscription: Subscription, turn: string): void {
  paypal.webhooks.emit({
    event_type: `BILLING.SUBSCRIPTION.${turn}`,
    resource_type: "subscription",
    summary: `Subscription ${turn.toLowerCase().replaceAll(".", " ")}`,
    resource: subscriptionToWire(paypal, subscription),
  });
}

/** A subscription as the Subscriptions API shows it. */
export function subscriptionToWire(paypal: Paypal, subscription: Subscription) {
  const { id, status, planId, customId, createdAt, updatedAt } = subscription;
  const approved = status !== "APPROVAL_PENDING";
  const address = `${paypal.base()}/v1/billing/subscriptions/${id}`;
  return {
    id,
    status,
    status_update_time: toTime(updatedAt),
    plan_id: planId,
    plan_overridden: false,
    quantity: "1",
    ...(customId !== undefined && { custom_id: customId }),
    start_time: toTime(createdAt),
    ...(approved && {
      subscriber: { name: PAYER.name, email_address: PAYER.email_address, payer_id: PAYER.payer_id },
      billing_info: billingToWire(paypal, subscription),
    }),
    create_time: toTime(createdAt),
    update_time: toTime(updatedAt),
    links: [
      ...(approved ? [] : [{ href: approvalAddress(paypal, subscription), rel: "approve", method: "GET" }]),
      { href: address, rel: "self", method: "GET" },
      ...(status === "ACTIVE" ? [{ href: `${address}/cancel`, rel: "cancel", method: "POST" }] : []),
    ],
  };
}

function billingToWire(paypal: Paypal, subscription: Subscription): object {
  const { amount, nextBillingAt, failedPayments } = subscription;
  const sales = salesOf(paypal, subscription);
  const paid = sales.filter(({ status }) => status === "COMPLETED");
  const last = paid.at(-1);
  const failed = sales.filter(({ status }) => status === "DECLINED").at(-1);
  const outstanding = { currency: amount.currency, minor: failedPayments * amount.minor };
  return {
    outstanding_balance: toAmount(outstanding),
    cycle_executions: [
      {
        tenure_type: "REGULAR",
        sequence: 1,
        cycles_completed: paid.length,
        cycles_remaining: 0,
        current_pricing_scheme_version: 1,
        total_cycles: 0,
      },
    ],
    ...(last && { last_payment: { amount: toAmount(last.amount), time: toTime(last.createdAt) } }),
    ...(failed &&
      failedPayments > 0 && {
        last_failed_payment: {
          amount: toAmount(failed.amount),
          time: toTime(failed.createdAt),
          reason_code: "PAYMENT_DENIED",
        },
      }),
    ...(nextBillingAt !== undefined && { next_billing_time: toTime(nextBillingAt) }),
    failed_payments_count: failedPayments,
  };
}

function approvalAddress({ base }: Paypal, { agreementToken, token }: Subscription): string {
  return `${base()}/webapps/billing/subscriptions?ba_token=${agreementToken}&token=${token}`;
}
