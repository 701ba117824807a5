import { env } from "@/env";
import { processState } from "@/server/lib/process-state";
import { paymentClient, paymentProvider, paymentsAvailable } from "@/server/providers/configured";
import type { Plan as ProviderPlan } from "@/server/providers/payment-provider";
import { currentSettings, entitlementsOf, settingsKnown } from "@/server/services/settings/current-settings";
import { hasFeature } from "@/server/services/settings/features";
import { AppError } from "@/shared/errors";
import type { Pack, Shop } from "@/shared/payments";
import { callSignal } from "./call-signal";

/** How long PayPal's word on the plan is believed. */
const PLAN_FRESH_MS = 10 * 60_000;
/** The shop is shown without its subscription rather than late. */
const PLAN_READ_MS = 3_000;
/** How long PayPal is left alone after it could not say. */
const PLAN_RETRY_MS = 15_000;

interface KnownPlan {
  plan: ProviderPlan | null;
  readAt: number;
  failedAt: number;
}

/** The plan the local stand-in sells. */
const SANDBOX_PLAN = "P-SANDBOX";

/** The packs on sale, cheapest first. */
export function currentPacks(): Pack[] {
  return currentSettings()
    .packs.toSorted((one, other) => one.amount - other.amount)
    .map(({ credits, amount }) => ({ id: String(credits), credits, price: { amount, currency: env.CURRENCY } }));
}

/** @throws AppError NOT_FOUND when no such pack is on sale. */
export function findPack(packId: string): Pack {
  const pack = currentPacks().find(({ id }) => id === packId);
  if (!pack) throw new AppError("NOT_FOUND", "This pack is not on sale any more. Choose another.");
  return pack;
}

/** The id of the plan on offer; undefined when there is none. */
export function currentPlanId(): string | undefined {
  return env.PAYPAL_PLAN_ID ?? (env.PAYPAL_CLIENT_ID ? undefined : SANDBOX_PLAN);
}

/** The subscription on offer, as PayPal has it; null when there is none. @throws AppError when PayPal is away. */
export async function currentPlan(): Promise<ProviderPlan | null> {
  const id = currentPlanId();
  if (!id) return null;
  const known = processState<KnownPlan>("plan", () => ({ plan: null, readAt: 0, failedAt: 0 }));
  if (known.plan && Date.now() - known.readAt < PLAN_FRESH_MS) return known.plan;
  if (Date.now() - known.failedAt < PLAN_RETRY_MS) throw new AppError("PROVIDER_UNAVAILABLE");
  try {
    known.plan = await paymentProvider().getPlan(id, callSignal(PLAN_READ_MS));
    known.readAt = Date.now();
    return known.plan;
  } catch (error) {
    known.failedAt = Date.now();
    throw error;
  }
}

/** What can be bought here by this user, or by somebody who is not signed in; null when nothing can. */
export async function describeShop(userId: string | undefined): Promise<Shop | null> {
  await settingsKnown();
  if (!paymentsAvailable() || !hasFeature("buying", userId)) return null;
  // The packs are ours to sell, whatever PayPal says of the plan.
  const plan = hasFeature("subscriptions", userId) ? await currentPlan().catch(() => null) : null;
  const { smart, imagesPerRequest } = entitlementsOf("SUBSCRIBER");
  return {
    ...paymentClient(),
    packs: currentPacks(),
    currency: env.CURRENCY,
    plan: plan && {
      credits: currentSettings().subscriptionCredits,
      price: plan.price,
      period: periodInWords(plan.every),
      brings: { smart: smart && hasFeature("smart", userId), imagesPerRequest },
    },
  };
}

/** "month", "3 months". */
export function periodInWords({ unit, count }: ProviderPlan["every"]): string {
  const word = unit.toLowerCase();
  return count === 1 ? word : `${count} ${word}s`;
}
