import { Purchase, type PurchaseDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { paymentProvider } from "@/server/providers/configured";
import { writeAudit } from "@/server/services/audit/write-audit";
import { applyCredits } from "@/server/services/credits/apply-credits";
import { reopenHours } from "@/server/services/stats/reopen-hours";
import { AppError } from "@/shared/errors";
import { formatMoney } from "@/shared/money";
import type { PurchaseState } from "@/shared/payments";
import { callSignal } from "./call-signal";
import { findProblem, type Payment } from "./find-problem";
import { notePurchase } from "./note-purchase";
import { applyMoves, recordRefund, refundedAmount } from "./take-back";

const TRIES = 20;
const DAY_MS = 86_400_000;

/**
 * The one place where a purchase turns into credits. The return from PayPal, its webhooks and the sweep all end here;
 * each time PayPal is asked again what it has, and the purchase is brought to what PayPal says: granted under the
 * capture's id if and only if the money is there and is what was ordered. Safe to repeat, at once and from anywhere.
 * @throws ProviderError when PayPal cannot be asked: the purchase stays open, and is asked after again.
 */
export async function settlePurchase(purchase: PurchaseDoc, requestId: string, log: Logger): Promise<PurchaseDoc> {
  const { captureId } = purchase;
  if (!captureId) return purchase;
  const payment = await readPayment(purchase, captureId);
  if (!payment) throw new AppError("PROVIDER_UNAVAILABLE", "PayPal does not know this payment yet.");
  return settlePayment(purchase, payment, requestId, log);
}

/** The same for a payment that was just read. */
export async function settlePayment(
  purchase: PurchaseDoc,
  payment: Payment,
  requestId: string,
  log: Logger,
): Promise<PurchaseDoc> {
  const problem = findProblem(purchase, payment);
  if (problem) return refuse(purchase, payment, problem, requestId, log);
  if (payment.status === "DECLINED") return close(purchase._id, log, () => ({ state: "DENIED" }));
  if (payment.status === "PENDING") {
    return close(purchase._id, log, ({ checks }) => ({
      state: "PENDING",
      checks: checks + 1,
      checkAt: new Date(Date.now() + Math.min(policy.payments.recheckMs * 2 ** checks, DAY_MS)),
    }));
  }
  const { _id: ref, userId, credits, amount, currency } = purchase;
  await applyCredits({
    userId,
    key: payment.id,
    type: "GRANT",
    credits,
    mayOwe: true,
    reason: `${credits} credits bought for ${formatMoney({ amount, currency })}`,
    ref,
    requestId: purchase.requestId,
  });
  if (payment.status !== "COMPLETED") await gatherRefunds(purchase, requestId);
  const known = await Purchase.findById(ref).lean();
  if (known) await applyMoves(known);
  return close(ref, log, (latest) => ({ state: stateOf(latest), paidAt: latest.paidAt ?? payment.at }), applyMoves);
}

/** What PayPal has of the purchase's payment, whatever kind it is; null when it knows none. */
export async function readPayment(purchase: PurchaseDoc, captureId: string): Promise<Payment | null> {
  const provider = paymentProvider();
  if (purchase.kind === "pack") return provider.getCapture(captureId, callSignal());
  const { subscriptionId = "", paidAt = purchase.createdAt } = purchase;
  const [from, to] = [new Date(paidAt.getTime() - DAY_MS), new Date(paidAt.getTime() + DAY_MS)];
  const sales = await provider.listSales(subscriptionId, from, to, callSignal());
  const sale = sales.find(({ id }) => id === captureId);
  return sale ? saleAsPayment(purchase._id, sale) : null;
}

/** A subscription's sale in the form of a payment. It carries no purchase of ours: it was found through its subscription. */
export function saleAsPayment(
  purchaseId: string,
  sale: { id: string; status: Payment["status"]; money: Payment["price"]; at: Date },
): Payment {
  const { id, status, money: price, at } = sale;
  return { id, status, price, at, purchaseId, orderId: undefined, payee: undefined };
}

/** Refunds PayPal lists with the order: their own message may be late, or may never come. */
async function gatherRefunds({ _id, orderId }: PurchaseDoc, requestId: string): Promise<void> {
  if (!orderId) return;
  const provider = paymentProvider();
  const order = await provider.getOrder(orderId, callSignal());
  for (const refundId of order?.refundIds ?? []) {
    const refund = await provider.getRefund(refundId, callSignal());
    if (refund) await recordRefund(_id, refund, requestId);
  }
}

/** Nothing is granted for a payment that is not what was ordered. The operator is told: the money is at PayPal. */
async function refuse(
  purchase: PurchaseDoc,
  payment: Payment,
  problem: string,
  requestId: string,
  log: Logger,
): Promise<PurchaseDoc> {
  log.warn({ purchase: purchase._id, capture: payment.id, problem }, "payment refused");
  await writeAudit({
    id: `refused_${payment.id}`,
    actor: "paypal",
    action: "payment.refused",
    subject: purchase._id,
    note: `${problem} Nothing was granted; see capture ${payment.id} at PayPal.`,
    requestId,
  });
  // The payment names another purchase: that one has to answer for it, this one is none the wiser.
  if (payment.purchaseId !== purchase._id && purchase.captureId !== payment.id) return purchase;
  return close(purchase._id, log, () => ({ state: "DENIED", problem }));
}

/** Where the facts have brought a granted purchase. */
function stateOf(purchase: PurchaseDoc): PurchaseState {
  if (purchase.disputes.some(({ state }) => state === "open")) return "DISPUTED";
  const refunded = refundedAmount(purchase);
  if (refunded >= purchase.amount && refunded > 0) return "REFUNDED";
  return refunded > 0 ? "PARTIALLY_REFUNDED" : "CREDITED";
}

type Closing = Parameters<typeof Purchase.moveTo>[1];

/** Writes down what the purchase has come to, by its latest facts; `before` is done again when they changed meanwhile. */
async function close(
  id: string,
  log: Logger,
  decide: (latest: PurchaseDoc) => Closing,
  before?: (latest: PurchaseDoc) => Promise<void>,
): Promise<PurchaseDoc> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const latest = await Purchase.findById(id).lean();
    if (!latest) throw new AppError("NOT_FOUND");
    await before?.(latest);
    // A refund that is open is asked after, whatever else the purchase has come to.
    const checkAt = latest.openRefund && new Date(Date.now() + policy.payments.recheckMs);
    const closing = { ...(checkAt && { checkAt }), ...decide(latest) };
    if (!(await Purchase.moveTo(latest, closing))) continue;
    const closed = { ...latest, ...closing };
    if (closed.state !== latest.state) notePurchase(log, closed);
    if (closed.paidAt) await reopenHours([closed.paidAt]);
    return closed;
  }
  throw new AppError("SERVICE_UNAVAILABLE");
}
