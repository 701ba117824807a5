import type { env } from "@/env";
import { AppError } from "@/shared/errors";

/** The part of the environment that decides where payments go. */
export type PaypalEnvironment = Pick<
  typeof env,
  | "PAYPAL_CLIENT_ID"
  | "PAYPAL_CLIENT_SECRET"
  | "PAYPAL_ENVIRONMENT"
  | "PAYPAL_WEBHOOK_ID"
  | "PAYPAL_MERCHANT_ID"
  | "SELLER_NAME"
  | "NEXTAUTH_URL"
  | "SANDBOX_URL"
  | "GEMINI_API_KEY"
  | "OPENAI_API_KEY"
  | "REPLICATE_API_TOKEN"
>;

export interface PaypalSettings {
  clientId: string;
  clientSecret: string;
  baseUrl: string;
  merchantId?: string;
  brandName: string;
  /** True when no real money moves: in PayPal's own sandbox as well as in the local one. */
  sandbox: boolean;
  approveBase?: string;
  /** Where the browser loads the button from; PayPal's address when absent. */
  sdkBaseUrl?: string;
  webhookId?: string;
  certificateOrigins: string[];
}

const LIVE = {
  baseUrl: "https://api-m.paypal.com",
  certificateOrigins: ["https://api.paypal.com", "https://api-m.paypal.com"],
};
const PAYPAL_SANDBOX = {
  baseUrl: "https://api-m.sandbox.paypal.com",
  certificateOrigins: ["https://api.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"],
};

/** What the local stand-in calls its webhook. */
const LOCAL_WEBHOOK_ID = "WH-SANDBOX";
/** The app's own way to the local stand-in, for browsers. */
const LOCAL_PAGES = "/api/sandbox-paypal";

/**
 * Where payments go: to PayPal when there are keys for it, else to the local sandbox.
 * @throws AppError SERVICE_UNAVAILABLE when there is neither, and when play money would buy answers of real providers.
 */
export function paypalSettings(from: PaypalEnvironment): PaypalSettings {
  const settings = keyedSettings(from) ?? localSettings(from);
  if (!settings) throw new AppError("SERVICE_UNAVAILABLE", "Buying credits is not set up on this server.");
  if (settings.sandbox && (from.GEMINI_API_KEY || from.OPENAI_API_KEY || from.REPLICATE_API_TOKEN)) {
    throw new AppError(
      "SERVICE_UNAVAILABLE",
      "Buying credits is off: this server's AI providers are real, and play money must not pay for them. " +
        "It needs PAYPAL_CLIENT_ID and PAYPAL_CLIENT_SECRET of a live account, and PAYPAL_ENVIRONMENT=live.",
    );
  }
  return settings;
}

function keyedSettings(from: PaypalEnvironment): PaypalSettings | undefined {
  if (!from.PAYPAL_CLIENT_ID || !from.PAYPAL_CLIENT_SECRET) return undefined;
  const sandbox = from.PAYPAL_ENVIRONMENT === "sandbox";
  return {
    ...(sandbox ? PAYPAL_SANDBOX : LIVE),
    clientId: from.PAYPAL_CLIENT_ID,
    clientSecret: from.PAYPAL_CLIENT_SECRET,
    merchantId: from.PAYPAL_MERCHANT_ID,
    brandName: from.SELLER_NAME,
    sandbox,
    webhookId: from.PAYPAL_WEBHOOK_ID,
  };
}

function localSettings({ SANDBOX_URL, NEXTAUTH_URL, SELLER_NAME }: PaypalEnvironment): PaypalSettings | undefined {
  if (!SANDBOX_URL) return undefined;
  return {
    clientId: "sandbox",
    clientSecret: "sandbox",
    baseUrl: `${SANDBOX_URL}/paypal`,
    brandName: SELLER_NAME,
    sandbox: true,
    approveBase: `${NEXTAUTH_URL.replace(/\/$/, "")}${LOCAL_PAGES}`,
    sdkBaseUrl: `${LOCAL_PAGES}/sdk/js`,
    webhookId: LOCAL_WEBHOOK_ID,
    certificateOrigins: [new URL(SANDBOX_URL).origin],
  };
}
