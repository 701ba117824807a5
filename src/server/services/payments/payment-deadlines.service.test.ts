import { beforeEach, expect, test, vi } from "vitest";

process.env.PAYPAL_TIMEOUT_MS = "3000";
vi.resetModules();
const { newKey, person, sandbox } = await import("../../../../tests/studio");
const { approvedOrder, deliver, messagesAbout, purchaseOf } = await import("../../../../tests/till");
const { getBalance } = await import("@/server/services/credits/get-balance");
const { captureOrder } = await import("./capture-order");
const { createOrder } = await import("./create-order");

beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
});

test("PayPal keeps an order waiting: it is PROVIDER_TIMEOUT, and the same key makes it later", async () => {
  const actor = await person();
  const input = { packId: "10", idempotencyKey: newKey() };
  sandbox().fail("paypal", { kind: "hang", path: "/v2/checkout/orders" });
  await expect(createOrder(actor, input)).rejects.toMatchObject({ code: "PROVIDER_TIMEOUT" });
  expect(await createOrder(actor, input)).toMatchObject({ orderId: expect.any(String) });
});

test.each(["hang", "lost-response"] as const)(
  "PayPal takes the payment and does not say so (%s): nobody is told that nothing was charged, and it ends well",
  async (kind) => {
    const actor = await person();
    const orderId = await approvedOrder(actor);
    sandbox().fail("paypal", { kind, path: "/capture" });
    const refusal = await captureOrder(actor, { orderId }).catch((error: Error) => error);
    expect(refusal).toMatchObject({ code: kind === "hang" ? "PROVIDER_TIMEOUT" : "PROVIDER_UNAVAILABLE" });
    expect(refusal).toMatchObject({ message: expect.not.stringContaining("Nothing was charged") });
    for (const message of await messagesAbout(orderId, "CHECKOUT.ORDER.APPROVED")) await deliver(message);
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
    expect(await getBalance(actor.user.id)).toMatchObject({ available: 30 });
  },
);
