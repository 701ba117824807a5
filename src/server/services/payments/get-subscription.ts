import { Subscription, type SubscriptionDoc } from "@models";
import type { Actor } from "@/server/lib/actor";
import { AppError } from "@/shared/errors";
import type { Subscription as SubscriptionView } from "@/shared/payments";
import { periodInWords } from "./packs";
import { syncSubscription } from "./sync-subscription";

/** The user's latest subscription that was agreed to; null when there is none. */
export async function getSubscription(userId: string): Promise<SubscriptionView | null> {
  const [latest] = await Subscription.find({ userId, state: { $ne: "APPROVAL_PENDING" } })
    .sort({ createdAt: -1 })
    .limit(1)
    .lean();
  return latest ? toSubscription(latest) : null;
}

/**
 * The return from PayPal: looks whether the subscriber agreed and paid.
 * @throws AppError NOT_FOUND for a subscription that is not the caller's · PROVIDER_UNAVAILABLE.
 */
export async function confirmSubscription(actor: Actor, subscriptionId: string): Promise<SubscriptionView> {
  await syncSubscription(subscriptionId, actor.requestId, actor.log);
  const subscription = await Subscription.findOne({ _id: subscriptionId, userId: actor.user.id }).lean();
  if (!subscription) throw new AppError("NOT_FOUND", "We have no such subscription.");
  return toSubscription(subscription);
}

/** A subscription as its owner sees it. */
export function toSubscription(subscription: SubscriptionDoc): SubscriptionView {
  const { _id: id, state, credits, amount, currency, every, paidUntil, renewsAt, createdAt } = subscription;
  const period = periodInWords(every);
  return { id, state, credits, price: { amount, currency }, period, paidUntil, renewsAt, createdAt };
}
