import { describe, expect, test } from "vitest";
import { AppError } from "@/shared/errors";
import { type PaypalEnvironment, paypalSettings } from "./paypal-settings";

const BARE: PaypalEnvironment = {
  PAYPAL_CLIENT_ID: undefined,
  PAYPAL_CLIENT_SECRET: undefined,
  PAYPAL_ENVIRONMENT: "live",
  PAYPAL_WEBHOOK_ID: undefined,
  PAYPAL_MERCHANT_ID: undefined,
  SELLER_NAME: "Inkwell",
  NEXTAUTH_URL: "https://inkwell.example.org/",
  SANDBOX_URL: undefined,
  GEMINI_API_KEY: undefined,
  OPENAI_API_KEY: undefined,
  REPLICATE_API_TOKEN: undefined,
};
const KEYS = { PAYPAL_CLIENT_ID: "id", PAYPAL_CLIENT_SECRET: "secret", PAYPAL_WEBHOOK_ID: "5GP0" };
const LOCAL = { SANDBOX_URL: "http://127.0.0.1:3001" };

function refusalOf(from: Partial<PaypalEnvironment>): AppError {
  try {
    paypalSettings({ ...BARE, ...from });
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("It was expected to be refused.");
}

describe("where payments go", () => {
  test("to PayPal with its keys, whatever sandbox there is", () => {
    expect(paypalSettings({ ...BARE, ...KEYS, ...LOCAL, PAYPAL_MERCHANT_ID: "C7CY", GEMINI_API_KEY: "g" })).toEqual({
      clientId: "id",
      clientSecret: "secret",
      baseUrl: "https://api-m.paypal.com",
      merchantId: "C7CY",
      brandName: "Inkwell",
      sandbox: false,
      webhookId: "5GP0",
      certificateOrigins: ["https://api.paypal.com", "https://api-m.paypal.com"],
    });
  });

  test("to PayPal's own sandbox when the keys are of that", () => {
    const settings = paypalSettings({ ...BARE, ...KEYS, PAYPAL_ENVIRONMENT: "sandbox" });
    expect(settings).toMatchObject({
      baseUrl: "https://api-m.sandbox.paypal.com",
      sandbox: true,
      certificateOrigins: ["https://api.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"],
    });
    expect(settings.sdkBaseUrl).toBeUndefined();
    expect(settings.approveBase).toBeUndefined();
  });

  test.each([{}, { PAYPAL_CLIENT_ID: "id" }, { PAYPAL_CLIENT_SECRET: "secret" }])(
    "to the local sandbox without both keys: %j",
    (keys) => {
      expect(paypalSettings({ ...BARE, ...LOCAL, ...keys, PAYPAL_WEBHOOK_ID: "5GP0" })).toEqual({
        clientId: "sandbox",
        clientSecret: "sandbox",
        baseUrl: "http://127.0.0.1:3001/paypal",
        brandName: "Inkwell",
        sandbox: true,
        approveBase: "https://inkwell.example.org/api/sandbox-paypal",
        sdkBaseUrl: "/api/sandbox-paypal/sdk/js",
        webhookId: "WH-SANDBOX",
        certificateOrigins: ["http://127.0.0.1:3001"],
      });
    },
  );
});

describe("what cannot be paid", () => {
  test("anything, where nothing is set up", () => {
    expect(refusalOf({})).toMatchObject({
      code: "SERVICE_UNAVAILABLE",
      message: "Buying credits is not set up on this server.",
    });
  });

  test.each(
    [
      LOCAL,
      { ...KEYS, PAYPAL_ENVIRONMENT: "sandbox" as const },
      { ...KEYS, ...LOCAL, PAYPAL_ENVIRONMENT: "sandbox" as const },
    ].flatMap((payments) =>
      (["GEMINI_API_KEY", "OPENAI_API_KEY", "REPLICATE_API_TOKEN"] as const).map((key) => ({
        ...payments,
        [key]: "k",
      })),
    ),
  )("real answers with play money: %j", (from) => {
    const error = refusalOf(from);
    expect(error.code).toBe("SERVICE_UNAVAILABLE");
    expect(error.message).toContain("play money");
    expect(error.message).toContain("PAYPAL_ENVIRONMENT=live");
  });
});
