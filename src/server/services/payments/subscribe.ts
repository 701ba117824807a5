import { Subscription } from "@models";
import type { z } from "zod";
import { env } from "@/env";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import type { Actor } from "@/server/lib/actor";
import { shortHash } from "@/server/lib/ids";
import { paymentProvider } from "@/server/providers/configured";
import { requireFeature } from "@/server/services/settings/features";
import { AppError } from "@/shared/errors";
import type { subscribeInput, subscribeOutput } from "@/shared/payments";
import { callSignal } from "./call-signal";
import { newSubscription } from "./new-subscription";
import { currentPlan } from "./packs";

/**
 * Makes a subscription at PayPal for its subscriber to agree to. One per idempotency key.
 * @throws AppError NOT_FOUND when none is on offer · CONFLICT when there is one that runs · PROVIDER_UNAVAILABLE.
 */
export async function subscribe(
  actor: Actor,
  { idempotencyKey }: z.infer<typeof subscribeInput>,
): Promise<z.infer<typeof subscribeOutput>> {
  const { id: userId } = actor.user;
  requireFeature("subscriptions", userId);
  if (await Subscription.exists({ userId, state: { $in: ["ACTIVE", "SUSPENDED"] } })) {
    throw new AppError("CONFLICT", "You have a subscription already. See it in your settings.");
  }
  const provider = paymentProvider();
  const plan = await currentPlan();
  if (!plan) throw new AppError("NOT_FOUND", "No subscription is on offer here.");
  const { subscriptionId, approveUrl } = await provider.createSubscription(
    {
      planId: plan.id,
      userId,
      key: shortHash(`${userId}:${idempotencyKey}`),
      returnUrl: `${env.NEXTAUTH_URL}/buy-credits`,
      cancelUrl: `${env.NEXTAUTH_URL}/buy-credits?cancelled=1`,
    },
    callSignal(),
  );
  const subscription = await newSubscription({
    id: subscriptionId,
    userId,
    planId: plan.id,
    approveUrl,
    requestId: actor.requestId,
    createdAt: new Date(),
  });
  try {
    await Subscription.insertOne(subscription);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return { subscriptionId, approveUrl };
}
