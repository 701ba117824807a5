import { Purchase, type PurchaseDoc, Subscription, WebhookEvent } from "@models";
import { newRequestId } from "@/server/lib/ids";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { paymentProvider, paymentsAvailable } from "@/server/providers/configured";
import { callSignal } from "@/server/services/payments/call-signal";
import { finishRefund } from "@/server/services/payments/finish-refund";
import { actOnEvent } from "@/server/services/payments/receive-webhook";
import { settlePurchase } from "@/server/services/payments/settle-purchase";
import { syncSubscription } from "@/server/services/payments/sync-subscription";
import { takePayment } from "@/server/services/payments/take-payment";

/** What one round takes on of each; what is left waits for the next. */
const ROUND_MAX = 100;

/**
 * Asks PayPal about everything that was left open: messages not acted on, purchases between order and credit,
 * subscriptions whose period ended. Each that is taken on is put off first, so that processes share the work, and so
 * that one that cannot be finished does not hold up the rest.
 */
export async function sweepPayments(log: Logger): Promise<void> {
  if (!paymentsAvailable()) return;
  const now = new Date();
  const due = { checkAt: { $lte: now } };
  for (const event of await WebhookEvent.find(due).sort({ checkAt: 1 }).limit(ROUND_MAX).lean()) {
    const { _id, checkAt } = event;
    if (await claimed(WebhookEvent.updateOne({ _id, checkAt }, later()))) await actOnEvent(event, log);
  }
  for (const purchase of await Purchase.find(due).sort({ checkAt: 1 }).limit(ROUND_MAX).lean()) {
    const { _id, checkAt } = purchase;
    if (!(await claimed(Purchase.updateOne({ _id, checkAt }, later())))) continue;
    await attempt(log, { purchase: _id }, () => finishPurchase(purchase, log));
  }
  for (const subscription of await Subscription.find(due).sort({ checkAt: 1 }).limit(ROUND_MAX).lean()) {
    const { _id, checkAt, requestId } = subscription;
    if (!(await claimed(Subscription.updateOne({ _id, checkAt }, later())))) continue;
    await attempt(log, { subscription: _id }, () => syncSubscription(_id, requestId, log));
  }
}

/** Brings a purchase that was left in the middle to what PayPal says of it. */
async function finishPurchase(purchase: PurchaseDoc, log: Logger): Promise<void> {
  const requestId = newRequestId();
  if (purchase.openRefund) {
    await finishRefund(purchase, purchase.openRefund, log);
    return;
  }
  if (purchase.captureId) {
    await settlePurchase(purchase, requestId, log);
    return;
  }
  const { _id, orderId, createdAt } = purchase;
  const order = orderId ? await paymentProvider().getOrder(orderId, callSignal()) : null;
  // Agreed to, or captured and never written down: either way the payment is taken up where it was left.
  const isOld = createdAt.getTime() + policy.payments.abandonMs <= Date.now();
  if (order?.status === "APPROVED" || order?.status === "COMPLETED") {
    const { purchase: left, refused } = await takePayment(purchase, requestId, log);
    // Agreed to with a card that was declined: the buyer may still come back and choose another one.
    if (refused && isOld && left.state === "CREATED") await Purchase.moveTo(left, { state: "ABANDONED" });
    return;
  }
  const isOver = isOld || order?.status === "VOIDED";
  const next = new Date(Date.now() + policy.payments.openRecheckMs);
  const waiting = { state: "CREATED" as const, checkAt: next };
  await Purchase.moveTo(purchase, isOver ? { state: "ABANDONED" } : waiting);
}

async function attempt(log: Logger, what: object, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn({ err: error, ...what }, "payment left open for now");
  }
}

/** Puts a thing off until the next round. */
const later = () => ({ $set: { checkAt: new Date(Date.now() + policy.payments.recheckMs) } });

/** Whether this process is the one that put it off, and so has it for this round. */
const claimed = async (write: PromiseLike<{ modifiedCount: number }>) => (await write).modifiedCount === 1;
