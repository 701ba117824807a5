import { Purchase } from "@models";
import { beforeEach, expect, test, vi } from "vitest";
import { person, sandbox } from "../../../../tests/studio";
import { buy } from "../../../../tests/till";

beforeEach(() => sandbox().reset());

/** The services as they are after a restart with these settings. */
async function restartedWith(settings: Record<string, string>) {
  Object.assign(process.env, settings);
  vi.resetModules();
  for (const name of ["payment-provider", "webhook-verifier"]) {
    Reflect.deleteProperty(globalThis, Symbol.for(`inkwell.${name}`));
  }
  const { reconcile } = await import("../credits/reconcile");
  const { describeShop } = await import("./packs");
  const { createOrder } = await import("./create-order");
  return { reconcile, describeShop, createOrder };
}

test("credits bought with play money are named as soon as real money is taken, and none are sold for it beside real keys", async () => {
  const actor = await person();
  const { _id } = await buy(actor, "10");
  expect(await Purchase.findById(_id).lean()).toMatchObject({ sandbox: true });

  const beside = await restartedWith({ GEMINI_API_KEY: "a real key" });
  expect(await beside.describeShop(undefined)).toBeNull();
  await expect(beside.createOrder(actor, { packId: "10", idempotencyKey: "key-beside" })).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
  });

  const live = await restartedWith({ PAYPAL_CLIENT_ID: "real", PAYPAL_CLIENT_SECRET: "real" });
  const { problems } = await live.reconcile();
  expect(problems).toMatchObject([
    { subject: _id, problem: expect.stringContaining("10 credits were bought with play money") },
  ]);
});
