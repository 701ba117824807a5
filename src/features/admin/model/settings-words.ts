import { credits } from "@/components/lib/format";
import type { Role } from "@/shared/entitlements";
import { formatMoney } from "@/shared/money";
import type { CHAT_PROVIDERS, FeatureName, Settings } from "@/shared/settings";

export const ROLE_WORDS: Record<Role, string> = {
  USER: "Members",
  SUBSCRIBER: "Subscribers",
  ADMIN: "Admins",
};

export const FEATURE_WORDS: Record<FeatureName, string> = {
  images: "Images",
  smart: "Smart answers",
  buying: "Buying credits",
  subscriptions: "Subscriptions",
};

export const CHAT_PROVIDER_WORDS: Record<(typeof CHAT_PROVIDERS)[number], string> = {
  gemini: "Gemini",
  openai: "OpenAI",
};

export const LIMIT_WORDS: Record<Exclude<keyof Settings["limits"]["USER"], "smart">, string> = {
  chatPerMinute: "Chat messages a minute",
  imagesPerMinute: "Image requests a minute",
  imagesPerRequest: "Images in one request",
  concurrentGenerations: "Image requests at the same time",
};

/** A figure as it is said; what is not one yet, because it is only half written, is a question. */
const figure = (value: number, say: (value: number) => string): string => (Number.isNaN(value) ? "?" : say(value));

/** One thing the settings say. */
interface Fact {
  label: string;
  value: string;
}

/** Everything the settings say, in words, under a key that stays the same from version to version. */
export function settingsInWords(settings: Settings, currency: string): Map<string, Fact> {
  const { prices, packs, limits, features, maintenance, chatProviders } = settings;
  const yes = (on: boolean) => (on ? "on" : "off");
  const facts = new Map<string, Fact>();
  const say = (key: string, label: string, value: string) => facts.set(key, { label, value });

  say("prices.chatFast", "A fast answer", figure(prices.chatFast, credits));
  say("prices.chatSmart", "A smart answer", figure(prices.chatSmart, credits));
  say("prices.image", "An image", figure(prices.image, credits));
  say("signUpBonus", "Sign-up bonus", figure(settings.signUpBonus, credits));
  for (const pack of packs) {
    const price = figure(pack.amount, (amount) => formatMoney({ amount, currency }));
    say(`pack.${pack.credits}`, `Pack of ${figure(pack.credits, credits)}`, price);
  }
  say("subscriptionCredits", "A subscription's payment brings", figure(settings.subscriptionCredits, credits));
  for (const [role, { smart, ...counts }] of entriesOf(limits)) {
    for (const [name, count] of entriesOf(counts))
      say(`limits.${role}.${name}`, `${ROLE_WORDS[role]}: ${LIMIT_WORDS[name].toLowerCase()}`, figure(count, String));
    say(`limits.${role}.smart`, `${ROLE_WORDS[role]}: smart answers`, smart ? "allowed" : "not allowed");
  }
  for (const [name, { on, percent }] of entriesOf(features)) {
    say(`features.${name}.on`, FEATURE_WORDS[name], yes(on));
    say(`features.${name}.percent`, `${FEATURE_WORDS[name]}: share of the people`, `${figure(percent, String)} %`);
  }
  say("registrationOpen", "Registration", settings.registrationOpen ? "open" : "closed");
  say("maintenance.on", "Maintenance banner", yes(maintenance.on));
  say("maintenance.message", "What the banner says", maintenance.message.trim() || "nothing");
  say("chatOrder", "Asked in this order", chatProviders.map(({ name }) => CHAT_PROVIDER_WORDS[name]).join(", "));
  for (const { name, on, fast, smart } of chatProviders) {
    const provider = CHAT_PROVIDER_WORDS[name];
    say(`chat.${name}.on`, provider, yes(on));
    say(`chat.${name}.fast`, `${provider}'s model for fast answers`, fast.trim());
    say(`chat.${name}.smart`, `${provider}'s model for smart answers`, smart.trim());
  }
  say("imageModel", "Model for images", settings.imageModel);
  say(
    "usdRate",
    "One US dollar",
    figure(settings.usdRate, (rate) => `${rate} ${currency}`),
  );
  return facts;
}

/** `Object.entries` for records whose keys are all known. */
function entriesOf<K extends string, V>(record: Record<K, V>): [K, V][] {
  const keys: K[] = [];
  for (const key in record) keys.push(key);
  return keys.map((key) => [key, record[key]]);
}
