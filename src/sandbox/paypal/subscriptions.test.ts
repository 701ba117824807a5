import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openShop, type Shop } from "./test-kit";
import { addMonth } from "./time";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
afterEach(() => shop.sandbox.reset());

const subscribe = (headers = {}) =>
  shop.call(
    "POST",
    "/v1/billing/subscriptions",
    { plan_id: "P-1", custom_id: "user-1", application_context: { return_url: "http://localhost:3000/x" } },
    headers,
  );
const read = async (id: string) => (await shop.call("GET", `/v1/billing/subscriptions/${id}`)).body;
const eventTypes = async () => (await shop.sandbox.paypal.events()).map(({ event_type }) => event_type);

/** Everything taken for it so far. */
async function transactionsOf(id: string) {
  const from = new Date(Date.now() - 60_000).toISOString();
  const to = new Date(Date.now() + 60_000).toISOString();
  return shop.call("GET", `/v1/billing/subscriptions/${id}/transactions?start_time=${from}&end_time=${to}`);
}

test("every plan costs the same each month", async () => {
  expect((await shop.call("GET", "/v1/billing/plans/P-any")).body).toMatchObject({
    id: "P-any",
    name: "Inkwell Subscriber",
    status: "ACTIVE",
    billing_cycles: [
      {
        tenure_type: "REGULAR",
        frequency: { interval_unit: "MONTH", interval_count: 1 },
        pricing_scheme: { fixed_price: { currency_code: "USD", value: "8.00" } },
      },
    ],
  });
});

test("plans are priced in the currency the sandbox was started with", async () => {
  const abroad = await openShop({ currency: "JPY" });
  const { body } = await abroad.call("GET", "/v1/billing/plans/P-1");
  expect(body.billing_cycles[0].pricing_scheme.fixed_price).toEqual({ currency_code: "JPY", value: "800" });
  await abroad.close();
});

test("is approved, billed each month, and cancelled", async () => {
  const made = await subscribe({ "paypal-request-id": "sub-1" });
  expect(made).toMatchObject({ status: 201, body: { status: "APPROVAL_PENDING" } });
  const { id } = made.body;
  expect(id).toMatch(/^I-/);
  expect((await subscribe({ "paypal-request-id": "sub-1" })).body.id).toBe(id);
  const approve = made.body.links.find((link: { rel: string }) => link.rel === "approve");
  expect(approve.href).toMatch(/\/paypal\/webapps\/billing\/subscriptions\?ba_token=BA-\w+&token=\w+$/);
  expect(await read(id)).not.toHaveProperty("billing_info");

  const { saleId } = await shop.sandbox.paypal.approve({ subscriptionId: id });
  const active = await read(id);
  expect(active).toMatchObject({
    status: "ACTIVE",
    plan_id: "P-1",
    custom_id: "user-1",
    subscriber: { payer_id: "SANDBOXPAYER1" },
    billing_info: {
      last_payment: { amount: { currency_code: "USD", value: "8.00" } },
      outstanding_balance: { value: "0.00" },
      failed_payments_count: 0,
    },
  });
  const firstDue = Date.parse(active.billing_info.next_billing_time);
  expect(Math.abs(firstDue - addMonth(Date.now()))).toBeLessThan(60_000);

  const next = await shop.sandbox.paypal.bill({ subscriptionId: id });
  expect(Date.parse((await read(id)).billing_info.next_billing_time)).toBe(addMonth(firstDue));
  expect((await transactionsOf(id)).body.transactions).toMatchObject([
    { id: saleId, status: "COMPLETED", amount_with_breakdown: { gross_amount: { value: "8.00" } } },
    { id: next.saleId, status: "COMPLETED" },
  ]);

  const cancel = (body: object) => shop.call("POST", `/v1/billing/subscriptions/${id}/cancel`, body);
  expect((await cancel({})).status).toBe(400);
  expect((await cancel({ reason: "enough" })).status).toBe(204);
  expect((await cancel({ reason: "enough" })).body.details[0].issue).toBe("SUBSCRIPTION_STATUS_INVALID");
  const cancelled = await read(id);
  expect(cancelled.status).toBe("CANCELLED");
  expect(cancelled.billing_info).not.toHaveProperty("next_billing_time");
  await expect(shop.sandbox.paypal.bill({ subscriptionId: id })).rejects.toThrow("it is CANCELLED");
  expect(await eventTypes()).toEqual([
    "BILLING.SUBSCRIPTION.CREATED",
    "BILLING.SUBSCRIPTION.ACTIVATED",
    "PAYMENT.SALE.COMPLETED",
    "PAYMENT.SALE.COMPLETED",
    "BILLING.SUBSCRIPTION.CANCELLED",
  ]);
});

test("a sale is told and refunded in the older form", async () => {
  const { id } = (await subscribe()).body;
  const { saleId } = await shop.sandbox.paypal.approve({ subscriptionId: id });
  const told = JSON.parse((await shop.sandbox.paypal.events()).at(-1)?.body ?? "");
  expect(told).toMatchObject({
    event_type: "PAYMENT.SALE.COMPLETED",
    resource_type: "sale",
    resource: {
      id: saleId,
      state: "completed",
      amount: { total: "8.00", currency: "USD" },
      billing_agreement_id: id,
      custom: "user-1",
    },
  });
  const refunded = await shop.call("POST", `/v2/payments/captures/${saleId}/refund`, {});
  const refund = (await shop.call("GET", `/v2/payments/refunds/${refunded.body.id}`)).body;
  expect(refund.links).toContainEqual({
    href: `${shop.sandbox.url}/paypal/v1/payments/sale/${saleId}`,
    rel: "up",
    method: "GET",
  });
  expect((await shop.call("GET", `/v1/payments/sale/${saleId}`)).body.state).toBe("refunded");
  expect((await transactionsOf(id)).body.transactions).toMatchObject([{ id: saleId, status: "REFUNDED" }]);
  expect(JSON.parse((await shop.sandbox.paypal.events()).at(-1)?.body ?? "")).toMatchObject({
    event_type: "PAYMENT.SALE.REFUNDED",
    resource: { id: refund.id, sale_id: saleId, state: "completed", amount: { total: "8.00", currency: "USD" } },
  });
});

test("a month can fail, wait for review, or never come", async () => {
  const { id } = (await subscribe()).body;
  await shop.sandbox.paypal.approve({ subscriptionId: id });
  await shop.sandbox.paypal.bill({ subscriptionId: id, outcome: "declined" });
  expect((await read(id)).billing_info).toMatchObject({
    failed_payments_count: 1,
    outstanding_balance: { value: "8.00" },
  });
  expect((await eventTypes()).at(-1)).toBe("BILLING.SUBSCRIPTION.PAYMENT.FAILED");
  const { saleId } = await shop.sandbox.paypal.bill({ subscriptionId: id, outcome: "pending" });
  await shop.sandbox.paypal.complete({ captureId: saleId });
  expect((await eventTypes()).slice(-2)).toEqual(["PAYMENT.SALE.PENDING", "PAYMENT.SALE.COMPLETED"]);
  await shop.sandbox.paypal.suspend({ subscriptionId: id });
  expect((await read(id)).status).toBe("SUSPENDED");
  await shop.sandbox.paypal.expire({ subscriptionId: id });
  expect((await read(id)).status).toBe("EXPIRED");
  await shop.restart();
  expect((await read(id)).status).toBe("EXPIRED");
  expect((await transactionsOf(id)).body.transactions).toHaveLength(3);
});

test("a month after the end of January is the end of February", () => {
  const day = (iso: string) => new Date(addMonth(Date.parse(iso))).toISOString();
  expect(day("2025-01-31T10:00:00.000Z")).toBe("2025-02-28T10:00:00.000Z");
  expect(day("2024-12-15T10:00:00.000Z")).toBe("2025-01-15T10:00:00.000Z");
});
