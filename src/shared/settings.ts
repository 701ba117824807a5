import { z } from "zod";
import { cursorInput } from "./common";
import type { Role } from "./entitlements";

/** A whole number, with one message for whatever else is written. */
function whole(min: number, max: number) {
  const message = `Write a whole number from ${min.toLocaleString("en")} to ${max.toLocaleString("en")}.`;
  return z.int(message).min(min, message).max(max, message);
}

const price = whole(0, 10_000);
const packAmount = z
  .int("Write an amount of money.")
  .min(1, "Write an amount above zero.")
  .max(99_999_999, "This is more than one payment may be.");
const modelName = z.string().trim().min(1, "Write the model's name.").max(120, "Use at most 120 characters.");

/** What can be switched on for some people only. */
export const FEATURES = ["images", "smart", "buying", "subscriptions"] as const;
export const featureName = z.enum(FEATURES);
export type FeatureName = z.infer<typeof featureName>;

/** A feature is on for this share of the people, the same ones each time. */
const rollOut = z.strictObject({ on: z.boolean(), percent: whole(0, 100) });

const limits = z.strictObject({
  /** Chat messages a minute. */
  chatPerMinute: whole(1, 10_000),
  /** Image requests a minute. */
  imagesPerMinute: whole(1, 10_000),
  imagesPerRequest: whole(1, 4),
  concurrentGenerations: whole(1, 32),
  /** May use the `smart` tier. */
  smart: z.boolean(),
});

export const CHAT_PROVIDERS = ["gemini", "openai"] as const;
const chatProvider = z.strictObject({
  name: z.enum(CHAT_PROVIDERS),
  on: z.boolean(),
  /** The model that answers each tier. */
  fast: modelName,
  smart: modelName,
});

/** Everything an operator changes while the instance runs. The environment says what holds until somebody saves. */
export const settings = z.strictObject({
  /** In credits. */
  prices: z.strictObject({ chatFast: price, chatSmart: price, image: price }),
  signUpBonus: whole(0, 1_000_000),
  /** `amount` in the currency's smallest unit. */
  packs: z
    .array(z.strictObject({ credits: whole(1, 9_999_999), amount: packAmount }))
    .min(1, "Sell at least one pack, or switch buying off.")
    .max(12, "Sell at most twelve packs.")
    .refine((packs) => new Set(packs.map(({ credits }) => credits)).size === packs.length, {
      message: "Two packs have the same number of credits.",
    }),
  subscriptionCredits: whole(1, 1_000_000),
  limits: z.strictObject({ USER: limits, SUBSCRIBER: limits, ADMIN: limits } satisfies Record<Role, typeof limits>),
  features: z.strictObject({
    images: rollOut,
    smart: rollOut,
    buying: rollOut,
    subscriptions: rollOut,
  } satisfies Record<FeatureName, typeof rollOut>),
  /** Whether strangers may open an account. */
  registrationOpen: z.boolean(),
  /** Shown on every page. */
  maintenance: z
    .strictObject({ on: z.boolean(), message: z.string().trim().max(300, "Use at most 300 characters.") })
    .refine(({ on, message }) => !on || message !== "", { path: ["message"], message: "Write what people are told." }),
  /** Asked in this order. */
  chatProviders: z
    .array(chatProvider)
    .length(CHAT_PROVIDERS.length)
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, {
      message: "A provider stands here twice.",
    }),
  imageModel: z.string().regex(/^[\w.-]+\/[\w.-]+$/, "Write the model's name as owner/name."),
  /** What one US dollar is in the instance's currency: providers bill in dollars. */
  usdRate: z
    .number("Write a number, like 0.92.")
    .positive("Write a number above zero.")
    .max(100_000, "Write at most 100,000."),
});
export type Settings = z.infer<typeof settings>;

/** The settings in force, and who made them so. Version 0: nobody has saved any. */
export const settingsVersion = z.object({
  version: z.int().min(0),
  values: settings,
  changedBy: z.string().optional(),
  note: z.string().optional(),
  at: z.date().optional(),
});
export type SettingsVersion = z.infer<typeof settingsVersion>;

/** What the operator changes, with what is needed to show it. */
export const settingsInForce = settingsVersion.extend({
  /** The address of who saved them, if they are still here. */
  changedByEmail: z.string().optional(),
  /** The currency of the packs' amounts. */
  currency: z.string(),
});
export type SettingsInForce = z.infer<typeof settingsInForce>;

export const saveSettingsInput = z.strictObject({
  /** The version that was changed; CONFLICT when there is a newer one. */
  version: z.int().min(0),
  values: settings,
  note: z.string().trim().max(200, "Use at most 200 characters.").default(""),
});

export const settingsHistoryInput = cursorInput;
export const settingsHistory = z.object({
  items: z.array(settingsVersion.extend({ changedByEmail: z.string().optional() })),
  nextCursor: z.string().optional(),
});

/** What everybody may know of the settings. */
export const notice = z.object({ maintenance: z.string().nullable(), registrationOpen: z.boolean() });
