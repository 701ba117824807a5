import { z } from "zod";
import { cursorInput } from "./common";
import type { Role } from "./entitlements";

const price = z.int("Write a whole number of credits.").min(0).max(10_000);
const modelName = z.string().trim().min(1, "Write the model's name.").max(120);

/** What can be switched on for some people only. */
export const FEATURES = ["images", "smart", "buying", "subscriptions"] as const;
export const featureName = z.enum(FEATURES);
export type FeatureName = z.infer<typeof featureName>;

/** A feature is on for this share of the people, the same ones each time. */
const rollOut = z.strictObject({ on: z.boolean(), percent: z.int().min(0).max(100) });

const limits = z.strictObject({
  /** Chat messages a minute. */
  chatPerMinute: z.int().min(1).max(10_000),
  /** Image requests a minute. */
  imagesPerMinute: z.int().min(1).max(10_000),
  imagesPerRequest: z.int().min(1).max(4),
  concurrentGenerations: z.int().min(1).max(32),
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
  signUpBonus: z.int().min(0).max(1_000_000),
  /** `amount` in the currency's smallest unit. */
  packs: z
    .array(z.strictObject({ credits: z.int().min(1).max(9_999_999), amount: z.int().min(1).max(99_999_999) }))
    .min(1, "Sell at least one pack, or switch buying off.")
    .max(12)
    .refine((packs) => new Set(packs.map(({ credits }) => credits)).size === packs.length, {
      message: "Two packs have the same number of credits.",
    }),
  subscriptionCredits: z.int().min(1).max(1_000_000),
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
    .strictObject({ on: z.boolean(), message: z.string().trim().max(300) })
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
  usdRate: z.number().positive().max(100_000),
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

export const saveSettingsInput = z.strictObject({
  /** The version that was changed; CONFLICT when there is a newer one. */
  version: z.int().min(0),
  values: settings,
  note: z.string().trim().max(200).default(""),
});

export const settingsHistoryInput = cursorInput;
export const settingsHistory = z.object({
  items: z.array(settingsVersion.extend({ changedByEmail: z.string().optional() })),
  nextCursor: z.string().optional(),
});

/** What everybody may know of the settings. */
export const notice = z.object({ maintenance: z.string().nullable(), registrationOpen: z.boolean() });
