import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "./test-kit";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
afterEach(() => shop.sandbox.reset());

const post = async (name: string, body: unknown) => {
  const answer = await fetch(`${shop.sandbox.url}/__control/paypal/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
};

test("plays the payer and PayPal from outside", async () => {
  const orderId = await shop.order();
  expect(await post("approve", { orderId, outcome: "pending" })).toEqual({
    status: 200,
    body: { orderId, payerId: "SANDBOXPAYER1" },
  });
  const captured = await shop.call("POST", `/v2/checkout/orders/${orderId}/capture`, {});
  const captureId = captured.body.purchase_units[0].payments.captures[0].id;
  expect((await post("complete", { captureId })).body).toEqual({ captureId, status: "COMPLETED" });
  expect((await post("refund", { captureId, value: "1.00" })).body).toEqual({ refundId: expect.any(String) });
  const { disputeId } = (await post("dispute", { captureId })).body;
  expect((await post("resolve", { disputeId, outcome: "seller" })).body).toEqual({ disputeId });

  const made = await shop.call("POST", "/v1/billing/subscriptions", { plan_id: "P-1" });
  const subscriptionId = made.body.id;
  expect((await post("approve", { subscriptionId })).body).toMatchObject({
    subscriptionId,
    saleId: expect.any(String),
  });
  expect((await post("bill", { subscriptionId })).body).toMatchObject({ saleId: expect.any(String) });
  expect((await post("expire", { subscriptionId })).body).toEqual({ subscriptionId, status: "EXPIRED" });

  const events = await (await fetch(`${shop.sandbox.url}/__control/paypal/events`)).json();
  expect(events).toHaveLength(11);
  expect(events[0]).toMatchObject({
    event_type: "CHECKOUT.ORDER.APPROVED",
    headers: { "paypal-transmission-sig": expect.any(String) },
    body: expect.stringContaining(orderId),
  });
  expect((await post("sign", { event: { id: "WH-1" } })).body).toMatchObject({ body: '{"id":"WH-1"}' });
});

test.each([
  ["approve", {}, 400, "orderId"],
  ["approve", { orderId: "NOPE" }, 404, "orderId"],
  ["approve", { subscriptionId: "NOPE", outcome: "declined" }, 400, "outcome"],
  ["complete", { captureId: "NOPE" }, 404, "captureId"],
  ["resolve", { disputeId: "NOPE", outcome: "nobody" }, 400, "outcome"],
  ["webhook", { url: "ftp://example.org" }, 400, "url"],
  ["deliver", "nonsense", 400, "body"],
])("refuses %s %j with %i, naming %s", async (name, body, status, field) => {
  expect(await post(name, body)).toMatchObject({ status, body: { field, error: expect.stringContaining(field) } });
});

test("remembers what happened before, and tells nobody", async () => {
  const at = Date.parse("2026-01-31T12:00:00Z");
  const amount = { currency: "USD", minor: 500 };
  const order = { id: "PASTORDER1", createdAt: at, referenceId: "default", customId: "past", amount, hasSource: true };
  const payment = {
    id: "PASTPAYMENT1",
    createdAt: at,
    updatedAt: at,
    source: { kind: "order", orderId: order.id },
    customId: "past",
    amount,
    status: "COMPLETED",
    refunds: [],
  };
  expect(await post("remember", { orders: [order], payments: [payment], subscriptions: [] })).toMatchObject({
    status: 200,
  });
  const known = await shop.call("GET", `/v2/payments/captures/${payment.id}`);
  expect(known.body).toMatchObject({ status: "COMPLETED", custom_id: "past", create_time: "2026-01-31T12:00:00Z" });
  expect(await shop.sandbox.paypal.events()).toEqual([]);
});

test("refuses a refund PayPal would refuse, and knows no other names", async () => {
  const captureId = await shop.sale("5.00");
  expect(await post("refund", { captureId, value: "6.00" })).toMatchObject({ status: 409, body: { field: "value" } });
  expect((await post("explode", {})).status).toBe(404);
  expect((await post("toString", {})).status).toBe(404);
});
