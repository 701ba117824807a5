import { Subscription } from "@models";
import type { Actor } from "@/server/lib/actor";
import { paymentProvider } from "@/server/providers/configured";
import { AppError } from "@/shared/errors";
import type { Subscription as SubscriptionView } from "@/shared/payments";
import { callSignal } from "./call-signal";
import { toSubscription } from "./get-subscription";
import { syncSubscription } from "./sync-subscription";

/**
 * Charges no more from now on. What is paid for stays: the role to the end of its period, the credits for good.
 * @throws AppError NOT_FOUND when there is nothing to cancel · PROVIDER_UNAVAILABLE: then nothing has changed.
 */
export async function cancelSubscription(actor: Actor): Promise<SubscriptionView> {
  const running = await findRunning(actor.user.id);
  if (!running) throw new AppError("NOT_FOUND", "You have no subscription to cancel.");
  await paymentProvider().cancelSubscription(running._id, "Cancelled by the subscriber.", callSignal());
  await syncSubscription(running._id, actor.requestId, actor.log);
  return toSubscription((await Subscription.findById(running._id).lean()) ?? running);
}

/** Ends what would go on charging somebody whose account is about to go. @throws ProviderError when PayPal is away. */
export async function cancelBeforeDeletion(userId: string): Promise<void> {
  const running = await findRunning(userId);
  if (running) await paymentProvider().cancelSubscription(running._id, "The account was deleted.", callSignal());
}

const findRunning = (userId: string) =>
  Subscription.findOne({ userId, state: { $in: ["ACTIVE", "SUSPENDED"] } }).lean();
