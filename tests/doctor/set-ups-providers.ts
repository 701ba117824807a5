import { vi } from "vitest";
import { defaultSettings } from "@/server/services/settings/default-settings";
import { sandbox } from "../studio";
import { type SetUp, saved } from "./set-up";
import { fresh, live, WEBHOOK_URL } from "./ward";

/** For as long as anybody asks. */
const always = { times: 1_000_000 };

/** Keys, models, webhooks and plans that do not work. */
export const PROVIDER_SET_UPS: SetUp[] = [
  {
    name: "neither a chat key nor a sandbox",
    set: () => ({ ...live(), GEMINI_API_KEY: undefined, OPENAI_API_KEY: undefined }),
    finds: "settings.no-chat",
    about: "chat",
    fix: "GEMINI_API_KEY",
  },
  {
    name: "made-up answers on a public address",
    set: () => ({ ...fresh(), NEXTAUTH_URL: "https://inkwell.example.org" }),
    finds: "sandbox.public",
    about: "SANDBOX_URL",
    fix: "GEMINI_API_KEY",
  },
  {
    name: "real images beside made-up answers",
    set: () => ({ ...live(), SANDBOX_URL: sandbox().url, GEMINI_API_KEY: undefined, OPENAI_API_KEY: undefined }),
    finds: "sandbox.mixed",
    about: "SANDBOX_URL",
    fix: "GEMINI_API_KEY or OPENAI_API_KEY",
  },
  {
    name: "a chat key that is refused",
    set: () => ({ ...live(), GEMINI_API_KEY: "invalid" }),
    finds: "provider.key",
    about: "GEMINI_API_KEY",
    fix: /Set GEMINI_API_KEY .*aistudio/,
  },
  {
    name: "a chat model that does not exist",
    set: () => ({ ...live(), OPENAI_MODEL_SMART: "unknown" }),
    finds: "provider.model",
    about: "OPENAI_MODEL_SMART",
    fix: "Set OPENAI_MODEL_SMART",
  },
  {
    name: "a chat model that does not exist, chosen in the panel",
    breakIt: async () => {
      const [gemini, openai] = defaultSettings().chatProviders;
      if (gemini && openai) await saved({ chatProviders: [gemini, { ...openai, fast: "unknown" }] });
    },
    finds: "provider.model",
    about: "OPENAI_MODEL_FAST",
    fix: "/admin/settings",
  },
  {
    name: "a model whose price nobody wrote down",
    set: () => ({ ...live(), GEMINI_MODEL_SMART: "gemini-of-tomorrow" }),
    finds: "provider.unpriced",
    about: "GEMINI_MODEL_SMART",
    fix: "gemini/gemini-of-tomorrow",
  },
  {
    name: "a provider that hangs",
    breakIt: () => sandbox().fail("openai", { kind: "hang", path: "/models/", ...always }),
    checkMs: 1_500,
    finds: "provider.away",
    about: "OpenAI",
    fix: "api.openai.com",
  },
  {
    name: "a sign-in page of the network in a provider's place",
    breakIt: () => sandbox().fail("gemini", { kind: "html", path: "/models/", ...always }),
    finds: "provider.garbled",
    about: "Gemini",
    fix: "generativelanguage.googleapis.com",
  },
  {
    name: "an account whose credit is used up",
    breakIt: () => sandbox().fail("openai", { kind: "status", status: 429, path: "/models/", ...always }),
    finds: "provider.limited",
    about: "OpenAI",
    fix: "OPENAI_API_KEY",
  },
  {
    name: "a provider in trouble",
    breakIt: () => sandbox().fail("gemini", { kind: "status", status: 500, path: "/models/", ...always }),
    finds: "provider.failing",
    about: "Gemini",
    fix: "status page",
  },
  {
    name: "an image token that is refused",
    set: () => ({ ...live(), REPLICATE_API_TOKEN: "invalid" }),
    finds: "provider.key",
    about: "REPLICATE_API_TOKEN",
    fix: "Set REPLICATE_API_TOKEN",
  },
  {
    name: "an image model that does not exist",
    set: () => ({ ...live(), REPLICATE_MODEL: "owner/unknown" }),
    finds: "provider.model",
    about: "REPLICATE_MODEL",
    fix: "Set REPLICATE_MODEL",
  },
  {
    name: "a webhook secret that Replicate does not sign with",
    set: () => ({ ...live(), REPLICATE_WEBHOOK_SECRET: "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA==" }),
    finds: "replicate.secret",
    about: "REPLICATE_WEBHOOK_SECRET",
    fix: "Set REPLICATE_WEBHOOK_SECRET",
  },
  {
    name: "a Cloudinary secret that is wrong",
    set: () => ({ ...live(), CLOUDINARY_URL: live().CLOUDINARY_URL?.replace("key:sandbox", "key:mistyped") }),
    finds: "provider.key",
    about: "CLOUDINARY_URL",
    fix: "Set CLOUDINARY_URL",
  },
  {
    name: "PayPal keys that are refused",
    set: () => ({ ...live(), PAYPAL_CLIENT_SECRET: "invalid" }),
    finds: "provider.key",
    about: "PAYPAL_CLIENT_SECRET",
    fix: "PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET",
  },
  {
    name: "PayPal without a webhook's id, when there is a webhook",
    set: () => ({ ...live(), PAYPAL_WEBHOOK_ID: undefined }),
    finds: "paypal.webhook-unset",
    about: "PAYPAL_WEBHOOK_ID",
    fix: "Set PAYPAL_WEBHOOK_ID to WH-7",
  },
  {
    name: "a webhook that PayPal does not know",
    set: () => ({ ...live(), PAYPAL_WEBHOOK_ID: "WH-OLD" }),
    finds: "paypal.webhook-unknown",
    about: "PAYPAL_WEBHOOK_ID",
    fix: "Set PAYPAL_WEBHOOK_ID to WH-7",
  },
  {
    name: "a webhook for another address",
    breakIt: () => sandbox().paypal.setWebhook({ url: "https://old.example.org/hook", webhookId: "WH-7" }),
    finds: "paypal.webhook-elsewhere",
    about: "PAYPAL_WEBHOOK_ID",
    fix: WEBHOOK_URL,
  },
  {
    name: "a webhook that hears of payments and not of refunds",
    breakIt: () =>
      sandbox().paypal.setWebhook({
        url: WEBHOOK_URL,
        webhookId: "WH-7",
        eventTypes: ["CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED"],
      }),
    finds: "paypal.webhook-events",
    about: "PAYPAL_WEBHOOK_ID",
    fix: "webhook WH-7",
  },
  {
    name: "real payments on an address that PayPal cannot reach",
    set: () => ({ ...live(), NEXTAUTH_URL: "http://localhost:3999" }),
    finds: "paypal.unreachable",
    about: "NEXTAUTH_URL",
    fix: "public https address",
  },
  {
    name: "a plan that PayPal does not know",
    set: () => ({ ...live(), PAYPAL_PLAN_ID: "P-UNKNOWN" }),
    finds: "paypal.plan-unknown",
    about: "PAYPAL_PLAN_ID",
    fix: "PAYPAL_PLAN_ID",
  },
  {
    name: "a plan in another currency",
    set: () => ({ ...live(), CURRENCY: "EUR" }),
    finds: "paypal.plan-currency",
    about: "PAYPAL_PLAN_ID",
    fix: "CURRENCY to USD",
  },
  {
    name: "a plan dearer than a pack",
    set: () => ({ ...live(), SUBSCRIPTION_CREDITS: "10" }),
    finds: "paypal.plan-dear",
    about: "PAYPAL_PLAN_ID",
    fix: "/admin/settings",
  },
  {
    name: "a clock that is ten minutes fast",
    set: () => ({
      ...live(),
      GEMINI_API_KEY: undefined,
      REPLICATE_API_TOKEN: undefined,
      REPLICATE_WEBHOOK_SECRET: undefined,
    }),
    breakIt: () => {
      vi.useFakeTimers({ toFake: ["Date"] });
      vi.setSystemTime(Date.now() + 600_000);
    },
    finds: "clock.skew",
    about: "the clock of OpenAI",
    fix: "NTP",
  },
  {
    name: "every chat provider switched off",
    breakIt: () =>
      saved({ chatProviders: defaultSettings().chatProviders.map((choice) => ({ ...choice, on: false })) }),
    finds: "settings.no-chat",
    about: "chat",
    fix: "/admin/settings",
  },
];
