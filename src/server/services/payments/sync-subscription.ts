import { Purchase, type PurchaseDoc, Subscription, type SubscriptionDoc, User } from "@models";
import { add } from "date-fns";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import { shortHash } from "@/server/lib/ids";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { paymentProvider } from "@/server/providers/configured";
import type { ProviderSubscription, Sale } from "@/server/providers/payment-provider";
import { applySubscriptionRole } from "./apply-subscription-role";
import { callSignal } from "./call-signal";
import { newSubscription } from "./new-subscription";
import { saleAsPayment, settlePayment } from "./settle-purchase";

const DAY_MS = 86_400_000;

/**
 * Brings a subscription to what PayPal says of it: each paid sale grants its credits under its own id, the role follows
 * what was paid for. Safe to repeat, at once and from anywhere.
 * @throws ProviderError when PayPal cannot be asked.
 */
export async function syncSubscription(id: string, requestId: string, log: Logger): Promise<void> {
  const provider = paymentProvider();
  const known = await provider.getSubscription(id, callSignal());
  const subscription = known && (await findOrAdopt(known, requestId));
  if (!subscription) return;
  // Whoever sees the credits is to see what brought them.
  await Subscription.updateOne({ _id: id }, { $set: { state: known.status } });
  const { createdAt } = subscription;
  const [from, to] = [new Date(createdAt.getTime() - DAY_MS), new Date(Date.now() + DAY_MS)];
  const sales = await provider.listSales(id, from, to, callSignal());
  const paid: Sale[] = [];
  for (const sale of sales) {
    const purchase = await settlePayment(
      await purchaseOf(subscription, sale, requestId),
      saleAsPayment(purchaseIdOf(sale), sale),
      requestId,
      log,
    );
    if (purchase.state !== "DENIED" && purchase.state !== "PENDING" && purchase.state !== "REFUNDED") paid.push(sale);
  }
  const changes = standing(subscription, known, paid);
  await Subscription.updateOne({ _id: id }, changes);
  await applySubscriptionRole(subscription.userId, log);
}

const purchaseIdOf = ({ id }: Sale) => shortHash(`sale:${id}`);

/** The subscription as we keep it; one that we never wrote down, because a crash came between, is written down now. */
async function findOrAdopt(known: ProviderSubscription, requestId: string): Promise<SubscriptionDoc | null> {
  const subscription = await Subscription.findById(known.id).lean();
  if (subscription) return subscription;
  if (!known.userId || !(await User.exists({ _id: known.userId }))) return null;
  const { id, userId, planId, startedAt: createdAt } = known;
  const adopted = await newSubscription({ id, userId, planId, requestId, createdAt });
  try {
    await Subscription.insertOne(adopted);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return Subscription.findById(known.id).lean();
}

/** The purchase a sale stands for. */
async function purchaseOf(subscription: SubscriptionDoc, sale: Sale, requestId: string): Promise<PurchaseDoc> {
  const _id = purchaseIdOf(sale);
  const existing = await Purchase.findById(_id).lean();
  if (existing) return existing;
  const { _id: subscriptionId, userId, credits, amount, currency } = subscription;
  const purchase: PurchaseDoc = {
    _id,
    userId,
    kind: "subscription",
    subscriptionId,
    captureId: sale.id,
    credits,
    amount,
    currency,
    sandbox: paymentProvider().sandbox,
    state: "CAPTURED",
    attempts: 0,
    refunds: [],
    disputes: [],
    moves: [],
    version: 0,
    checkAt: new Date(Date.now() + policy.payments.recheckMs),
    checks: 0,
    requestId,
    createdAt: sale.at,
    updatedAt: new Date(),
    paidAt: sale.at,
  };
  try {
    await Purchase.insertOne(purchase);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return purchase;
}

/** Where the subscription stands now, as an update: its state, what is paid for, and when to ask again. */
function standing({ every, createdAt }: SubscriptionDoc, known: ProviderSubscription, paid: Sale[]) {
  const ends = paid.map(({ at }) => endOfPeriod(at, every).getTime());
  const renewsAt = known.status === "ACTIVE" ? known.nextBillingAt : undefined;
  if (renewsAt && paid.length > 0) ends.push(renewsAt.getTime());
  const paidUntil = ends.length > 0 ? new Date(Math.max(...ends)) : undefined;
  const checkAt = nextLook(known.status, createdAt, paidUntil);
  return {
    $set: {
      state: known.status,
      ...(paidUntil && { paidUntil }),
      ...(renewsAt && { renewsAt }),
      ...(checkAt && { checkAt }),
    },
    $unset: {
      ...(!paidUntil && { paidUntil: 1 as const }),
      ...(!renewsAt && { renewsAt: 1 as const }),
      ...(!checkAt && { checkAt: 1 as const }),
    },
  };
}

/** When PayPal is to be asked again, in case none of its messages arrives. */
function nextLook(
  status: ProviderSubscription["status"],
  createdAt: Date,
  paidUntil: Date | undefined,
): Date | undefined {
  const now = Date.now();
  const { openRecheckMs, abandonMs } = policy.payments;
  if (status === "APPROVAL_PENDING") {
    return createdAt.getTime() + abandonMs > now ? new Date(now + openRecheckMs) : undefined;
  }
  const end = paidUntil && paidUntil.getTime() > now ? paidUntil : undefined;
  // Over, it is looked at once more: when the role it brought comes to its end.
  if (status === "CANCELLED" || status === "EXPIRED") return end;
  return end ?? new Date(now + DAY_MS / 4);
}

const UNITS = { DAY: "days", WEEK: "weeks", MONTH: "months", YEAR: "years" } as const;

function endOfPeriod(from: Date, { unit, count }: SubscriptionDoc["every"]): Date {
  return add(from, { [UNITS[unit]]: count });
}
