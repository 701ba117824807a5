import { afterAll, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "./test-kit";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

const refund = (captureId: string, value?: string, headers = {}, currency_code = "USD") =>
  shop.call(
    "POST",
    `/v2/payments/captures/${captureId}/refund`,
    value === undefined ? {} : { amount: { currency_code, value }, custom_id: "op-1", note_to_payer: "Sorry" },
    { prefer: "return=representation", ...headers },
  );
const statusOf = async (captureId: string) =>
  (await shop.call("GET", `/v2/payments/captures/${captureId}`)).body.status;

test("part, then the rest, then nothing is left", async () => {
  const captureId = await shop.sale("10.00");
  const part = await refund(captureId, "4.00");
  expect(part).toMatchObject({
    status: 201,
    body: {
      status: "COMPLETED",
      amount: { currency_code: "USD", value: "4.00" },
      custom_id: "op-1",
      note_to_payer: "Sorry",
      seller_payable_breakdown: { total_refunded_amount: { value: "4.00" } },
      links: [{ rel: "self" }, { rel: "up", href: `${shop.sandbox.url}/paypal/v2/payments/captures/${captureId}` }],
    },
  });
  expect(await statusOf(captureId)).toBe("PARTIALLY_REFUNDED");
  expect((await shop.call("GET", `/v2/payments/refunds/${part.body.id}`)).body).toEqual(part.body);

  expect((await refund(captureId, "6.01")).body.details[0].issue).toBe("REFUND_AMOUNT_EXCEEDED");
  expect((await refund(captureId)).body).toMatchObject({
    amount: { value: "6.00" },
    seller_payable_breakdown: { total_refunded_amount: { value: "10.00" } },
  });
  expect(await statusOf(captureId)).toBe("REFUNDED");
  expect((await refund(captureId, "1.00")).body.details[0].issue).toBe("CAPTURE_FULLY_REFUNDED");
});

test("the same PayPal-Request-Id refunds once", async () => {
  const captureId = await shop.sale("10.00");
  const key = { "paypal-request-id": "refund-1" };
  const replies = await Promise.all([refund(captureId, "4.00", key), refund(captureId, "4.00", key)]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 201]);
  expect(replies[0]?.body.id).toBe(replies[1]?.body.id);
  await shop.sandbox.paypal.refund({ captureId, value: "6.00" });
  expect(await statusOf(captureId)).toBe("REFUNDED");
});

test("only a completed payment, only in its currency", async () => {
  const captureId = await shop.sale("10.00");
  expect((await refund(captureId, "1.00", {}, "EUR")).body.details[0].issue).toBe("REFUND_CAPTURE_CURRENCY_MISMATCH");
  const orderId = await shop.order();
  await shop.sandbox.paypal.approve({ orderId, outcome: "pending" });
  const captured = await shop.call("POST", `/v2/checkout/orders/${orderId}/capture`, {});
  const [pending] = captured.body.purchase_units[0].payments.captures;
  expect((await refund(pending.id)).body.details[0].issue).toBe("PENDING_CAPTURE");
  await expect(shop.sandbox.paypal.refund({ captureId: pending.id })).rejects.toThrow("pending");
});
