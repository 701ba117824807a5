import { env } from "@/env";
import { ENTITLEMENTS } from "@/shared/entitlements";
import { fromDecimal } from "@/shared/money";
import type { Settings } from "@/shared/settings";

const EVERYBODY = { on: true, percent: 100 };

/** What holds until an operator saves settings: the environment's word, and the numbers the product ships with. */
export function defaultSettings(): Settings {
  return {
    prices: { chatFast: env.PRICE_CHAT_FAST, chatSmart: env.PRICE_CHAT_SMART, image: env.PRICE_IMAGE },
    signUpBonus: env.SIGN_UP_BONUS,
    packs: packsFromEnvironment(),
    subscriptionCredits: env.SUBSCRIPTION_CREDITS,
    limits: ENTITLEMENTS,
    features: { images: EVERYBODY, smart: EVERYBODY, buying: EVERYBODY, subscriptions: EVERYBODY },
    registrationOpen: true,
    maintenance: { on: false, message: "" },
    chatProviders: [
      { name: "gemini", on: true, fast: env.GEMINI_MODEL_FAST, smart: env.GEMINI_MODEL_SMART },
      { name: "openai", on: true, fast: env.OPENAI_MODEL_FAST, smart: env.OPENAI_MODEL_SMART },
    ],
    imageModel: env.REPLICATE_MODEL,
    usdRate: 1,
  };
}

function packsFromEnvironment(): Settings["packs"] {
  return env.CREDIT_PACKS.split(",").map((text) => {
    const [credits = "", value = ""] = text.trim().split("=");
    const price = fromDecimal(value, env.CURRENCY);
    if (!price) throw new Error(`CREDIT_PACKS: ${value} is not an amount in ${env.CURRENCY}.`);
    return { credits: Number(credits), amount: price.amount };
  });
}
