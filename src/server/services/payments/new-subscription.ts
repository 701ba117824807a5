import type { SubscriptionDoc } from "@models";
import { policy } from "@/server/lib/policy";
import { currentSettings } from "@/server/services/settings/current-settings";
import { AppError } from "@/shared/errors";
import { currentPlan } from "./packs";

type Start = Pick<SubscriptionDoc, "userId" | "planId" | "approveUrl" | "requestId" | "createdAt"> & { id: string };

/**
 * A subscription as it begins, at the terms on offer.
 * @throws AppError SERVICE_UNAVAILABLE when its plan is not the one on offer.
 */
export async function newSubscription({ id, ...start }: Start): Promise<SubscriptionDoc> {
  const plan = await currentPlan();
  if (plan?.id !== start.planId) {
    throw new AppError("SERVICE_UNAVAILABLE", "This subscription's plan is not the one on offer.");
  }
  return {
    _id: id,
    ...start,
    state: "APPROVAL_PENDING",
    credits: currentSettings().subscriptionCredits,
    ...plan.price,
    every: plan.every,
    roleGiven: false,
    checkAt: new Date(Date.now() + policy.payments.openRecheckMs),
  };
}
