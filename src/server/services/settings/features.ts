import { createHash } from "node:crypto";
import { AppError } from "@/shared/errors";
import type { FEATURES, FeatureName } from "@/shared/settings";
import { currentSettings } from "./current-settings";

/**
 * Whether a feature is on for a user. The share it is rolled out to is drawn from feature and user: the same people
 * each time, more of them as the share grows, and others for another feature. Strangers see what anybody may have.
 */
export function hasFeature(name: FeatureName, userId: string | undefined): boolean {
  const { on, percent } = currentSettings().features[name];
  if (!on) return false;
  return userId === undefined ? percent > 0 : shareOf(name, userId) < percent;
}

/** @throws AppError FORBIDDEN when the feature is not on for the user. */
export function requireFeature(name: FeatureName, userId: string): void {
  if (!hasFeature(name, userId)) throw new AppError("FORBIDDEN", `${TITLES[name]} not switched on for your account.`);
}

/** Every feature, and whether the user has it. */
export const featuresOf = (userId: string): Record<FeatureName, boolean> => ({
  images: hasFeature("images", userId),
  smart: hasFeature("smart", userId),
  buying: hasFeature("buying", userId),
  subscriptions: hasFeature("subscriptions", userId),
});

const TITLES: Record<FeatureName, string> = {
  images: "Making images is",
  smart: "The smart model is",
  buying: "Buying credits is",
  subscriptions: "Subscribing is",
};

/** 0 to 99, evenly spread. */
const shareOf = (name: (typeof FEATURES)[number], userId: string): number =>
  createHash("sha256").update(`${name}:${userId}`).digest().readUInt32BE(0) % 100;
