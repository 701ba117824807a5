import { announcePayment } from "./announce-payment";
import type { Paypal } from "./call";
import { newId } from "./ids";
import type { Outcome, Payment, Subscription } from "./state";
import { announceSubscription } from "./subscription-wire";
import { addMonth } from "./time";

/** The payer subscribes: the first month is taken at once. */
export async function activate(paypal: Paypal, subscription: Subscription, outcome: Outcome): Promise<Payment> {
  const now = Date.now();
  subscription.status = "ACTIVE";
  subscription.updatedAt = now;
  subscription.nextBillingAt = addMonth(now);
  const sale = await takeMonth(paypal, subscription, outcome);
  await paypal.state.subscriptions.save(subscription);
  announceSubscription(paypal, subscription, "ACTIVATED");
  announcePayment(paypal, sale);
  return sale;
}

/** The next month falls due. A declined one leaves a debt and no sale to tell of. */
export async function bill(paypal: Paypal, subscription: Subscription, outcome: Outcome): Promise<Payment> {
  subscription.nextBillingAt = addMonth(subscription.nextBillingAt ?? Date.now());
  subscription.failedPayments = outcome === "declined" ? subscription.failedPayments + 1 : 0;
  const sale = await takeMonth(paypal, subscription, outcome);
  await paypal.state.subscriptions.save(subscription);
  if (outcome === "declined") announceSubscription(paypal, subscription, "PAYMENT.FAILED");
  else announcePayment(paypal, sale);
  return sale;
}

export type Ending = "SUSPENDED" | "CANCELLED" | "EXPIRED";

/** The subscription is no longer active: nothing more falls due. */
export async function changeStatus(paypal: Paypal, subscription: Subscription, status: Ending): Promise<void> {
  subscription.status = status;
  subscription.updatedAt = Date.now();
  subscription.nextBillingAt = undefined;
  await paypal.state.subscriptions.save(subscription);
  announceSubscription(paypal, subscription, status);
}

const STATUS = { completed: "COMPLETED", pending: "PENDING", declined: "DECLINED" } as const;

async function takeMonth(paypal: Paypal, subscription: Subscription, outcome: Outcome): Promise<Payment> {
  const now = Date.now();
  const sale: Payment = {
    id: newId(),
    createdAt: now,
    updatedAt: now,
    source: { kind: "subscription", subscriptionId: subscription.id },
    customId: subscription.customId,
    amount: subscription.amount,
    status: STATUS[outcome],
    refunds: [],
  };
  await paypal.state.payments.save(sale);
  return sale;
}
