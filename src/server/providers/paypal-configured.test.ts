import { afterEach, describe, expect, test, vi } from "vitest";

const BARE = {
  NODE_ENV: "test",
  NEXTAUTH_SECRET: "a secret for tests that is long enough",
  NEXTAUTH_URL: "http://localhost:3000",
  MONGODB_URI: "mongodb://127.0.0.1:1/none",
};
const LOCAL = { SANDBOX_URL: "http://127.0.0.1:1" };
const KEYS = { PAYPAL_CLIENT_ID: "id", PAYPAL_CLIENT_SECRET: "secret" };

const SETTINGS = [
  ...["SANDBOX_URL", "PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET", "PAYPAL_ENVIRONMENT", "PAYPAL_WEBHOOK_ID"],
  ...["GEMINI_API_KEY", "OPENAI_API_KEY", "REPLICATE_API_TOKEN", "CLOUDINARY_URL"],
];

/** The providers of a process that was started with these settings. */
async function startedWith(settings: Record<string, string>) {
  vi.resetModules();
  for (const name of SETTINGS) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ ...BARE, ...settings })) vi.stubEnv(name, value);
  return import("./configured");
}

afterEach(() => {
  vi.unstubAllEnvs();
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (key.description?.startsWith("inkwell.")) Reflect.deleteProperty(globalThis, key);
  }
});

describe("payments", () => {
  test("are played where everything else is", async () => {
    const it = await startedWith(LOCAL);
    expect(it.paymentsAvailable()).toBe(true);
    expect(it.paymentClient()).toEqual({
      clientId: "sandbox",
      sdkBaseUrl: "/api/sandbox-paypal/sdk/js",
      sandbox: true,
    });
    expect(it.paymentProvider()).toMatchObject({ name: "paypal", sandbox: true });
    expect(it.paymentProvider()).toBe(it.paymentProvider());
    expect(it.webhookVerifier()).toBe(it.webhookVerifier());
    expect(it.sandboxMode()).toEqual({ chat: true, images: true, storage: true, payments: true });
  });

  test("are real with PayPal's keys, whatever is played beside them", async () => {
    const it = await startedWith({ ...LOCAL, ...KEYS });
    expect(it.paymentsAvailable()).toBe(true);
    expect(it.paymentClient()).toEqual({ clientId: "id", sdkBaseUrl: undefined, sandbox: false });
    expect(it.paymentProvider().sandbox).toBe(false);
    expect(it.sandboxMode()).toEqual({ chat: true, images: true, storage: true, payments: false });
  });

  test("in PayPal's sandbox are play money too", async () => {
    const it = await startedWith({ ...KEYS, PAYPAL_ENVIRONMENT: "sandbox" });
    expect(it.paymentClient()).toMatchObject({ clientId: "id", sandbox: true });
    expect(it.sandboxMode()).toEqual({ chat: false, images: false, storage: false, payments: true });
    expect(await it.isSandboxReady()).toBe(true);
  });

  test.each<[string, Record<string, string>]>([
    ["nothing is set up", {}],
    ["play money would buy real answers", { ...LOCAL, GEMINI_API_KEY: "g" }],
    ["PayPal's play money would", { ...KEYS, PAYPAL_ENVIRONMENT: "sandbox", REPLICATE_API_TOKEN: "r" }],
  ])("are off where %s, and say so", async (_, settings) => {
    const it = await startedWith(settings);
    expect(it.paymentsAvailable()).toBe(false);
    for (const use of [it.paymentProvider, it.webhookVerifier, it.paymentClient]) {
      expect(use).toThrow(expect.objectContaining({ code: "SERVICE_UNAVAILABLE" }));
    }
    expect(it.sandboxMode().payments).toBe(false);
  });
});
