import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openShop, orderOf, type Shop, tokenOf } from "./test-kit";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
afterEach(() => shop.sandbox.reset());

const FULL = { prefer: "return=representation" };
const capture = (orderId: string, headers = {}) =>
  shop.call("POST", `/v2/checkout/orders/${orderId}/capture`, {}, headers);
const issueOf = (reply: Awaited<ReturnType<typeof capture>>) => [reply.status, reply.body.details[0].issue];

test("an order goes from created over approved to captured", async () => {
  const made = await shop.call("POST", "/v2/checkout/orders", orderOf({ currency_code: "USD", value: "20.00" }), FULL);
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect(made.body).toMatchObject({
    status: "PAYER_ACTION_REQUIRED",
    purchase_units: [
      {
        custom_id: "op-1",
        amount: { currency_code: "USD", value: "20.00" },
        payee: { merchant_id: "SANDBOXMERCHANT" },
      },
    ],
    links: [
      { rel: "self", href: `${shop.sandbox.url}/paypal/v2/checkout/orders/${id}` },
      { rel: "payer-action", href: `${shop.sandbox.url}/paypal/checkoutnow?token=${id}` },
      { rel: "capture" },
    ],
  });
  expect(issueOf(await capture(id))).toEqual([422, "ORDER_NOT_APPROVED"]);

  await shop.sandbox.paypal.approve({ orderId: id });
  expect((await shop.call("GET", `/v2/checkout/orders/${id}`)).body).toMatchObject({
    status: "APPROVED",
    payer: { payer_id: "SANDBOXPAYER1" },
  });

  const captured = await capture(id);
  expect(captured.status).toBe(201);
  const [{ id: captureId }] = captured.body.purchase_units[0].payments.captures;
  const seen = await shop.call("GET", `/v2/payments/captures/${captureId}`);
  expect(seen.body).toMatchObject({
    status: "COMPLETED",
    custom_id: "op-1",
    amount: { currency_code: "USD", value: "20.00" },
    payee: { merchant_id: "SANDBOXMERCHANT" },
    supplementary_data: { related_ids: { order_id: id } },
    seller_receivable_breakdown: {
      gross_amount: { value: "20.00" },
      paypal_fee: { value: "1.09" },
      net_amount: { value: "18.91" },
    },
  });
  const whole = await shop.call("GET", `/v2/checkout/orders/${id}`);
  expect(whole.body).toMatchObject({ status: "COMPLETED", purchase_units: [{ payments: { captures: [seen.body] } }] });
});

test("says the least it can unless asked for the whole", async () => {
  const made = await shop.call("POST", "/v2/checkout/orders", orderOf({ currency_code: "USD", value: "1.00" }));
  expect(Object.keys(made.body)).toEqual(["id", "status", "links"]);
});

test("the same PayPal-Request-Id gives the same order and the same capture", async () => {
  const requestId = { "paypal-request-id": "order-7" };
  const body = orderOf({ currency_code: "USD", value: "5.00" });
  const first = await shop.call("POST", "/v2/checkout/orders", body, requestId);
  const again = await shop.call("POST", "/v2/checkout/orders", body, requestId);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);

  await shop.sandbox.paypal.approve({ orderId: first.body.id });
  const key = { "paypal-request-id": "capture-7" };
  const replies = await Promise.all([capture(first.body.id, key), capture(first.body.id, key)]);
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 201]);
  expect(replies[0]?.body).toEqual(replies[1]?.body);
  expect(issueOf(await capture(first.body.id, { "paypal-request-id": "another" }))).toEqual([
    422,
    "ORDER_ALREADY_CAPTURED",
  ]);
  expect(shop.sandbox.requests("paypal").map((request) => request.requestId)).toContain("capture-7");
});

test("a declined card can be replaced by approving again", async () => {
  const orderId = await shop.order();
  await shop.sandbox.paypal.approve({ orderId, outcome: "declined" });
  const declined = await capture(orderId);
  expect(issueOf(declined)).toEqual([422, "INSTRUMENT_DECLINED"]);
  expect(declined.body.links).toMatchObject([{ rel: "redirect" }]);
  await shop.sandbox.paypal.approve({ orderId });
  expect((await capture(orderId)).status).toBe(201);
});

test("a payment under review ends one way or the other", async () => {
  const ends = async (end: "complete" | "deny") => {
    const orderId = await shop.order();
    await shop.sandbox.paypal.approve({ orderId, outcome: "pending" });
    const [payment] = (await capture(orderId)).body.purchase_units[0].payments.captures;
    expect(payment).toMatchObject({ status: "PENDING", status_details: { reason: "PENDING_REVIEW" } });
    expect(payment).not.toHaveProperty("seller_receivable_breakdown");
    await shop.sandbox.paypal[end]({ captureId: payment.id });
    return (await shop.call("GET", `/v2/payments/captures/${payment.id}`)).body.status;
  };
  expect(await ends("complete")).toBe("COMPLETED");
  expect(await ends("deny")).toBe("DECLINED");
  const captureId = await shop.sale();
  await expect(shop.sandbox.paypal.complete({ captureId })).rejects.toThrow("it is COMPLETED, not PENDING");
});

test.each([
  [{ value: "0.00" }, 422, "CANNOT_BE_ZERO_OR_NEGATIVE"],
  [{ value: "1.005" }, 422, "DECIMAL_PRECISION"],
  [{ value: "500.50", currency_code: "JPY" }, 422, "DECIMALS_NOT_SUPPORTED"],
  [{ value: "5.00", currency_code: "XXX" }, 422, "INVALID_CURRENCY_CODE"],
  [{ value: "-5" }, 400, "INVALID_PARAMETER_SYNTAX"],
  [{ value: undefined }, 400, "MISSING_REQUIRED_PARAMETER"],
])("refuses an order over %j", async (amount, status, issue) => {
  const body = orderOf({ currency_code: "USD", ...amount });
  const refused = await shop.call("POST", "/v2/checkout/orders", body);
  expect(issueOf(refused)).toEqual([status, issue]);
  expect(refused.body).toMatchObject({
    name: status === 400 ? "INVALID_REQUEST" : "UNPROCESSABLE_ENTITY",
    debug_id: expect.any(String),
    details: [{ field: expect.stringContaining("/purchase_units/0/amount") }],
  });
});

test("knows nothing of what was never made", async () => {
  for (const path of ["/v2/checkout/orders/NOPE", "/v2/payments/captures/NOPE", "/v2/payments/refunds/NOPE"]) {
    expect(issueOf(await shop.call("GET", path))).toEqual([404, "INVALID_RESOURCE_ID"]);
  }
});

describe("who may call", () => {
  test("credentials are anything but missing or invalid", async () => {
    for (const credentials of ["id:", "invalid:secret", "id:invalid"]) {
      expect(await tokenOf(shop.sandbox.url, credentials)).toBeUndefined();
    }
  });

  test("nothing goes without a token, nor with one of an earlier run", async () => {
    const path = `${shop.sandbox.url}/paypal/v2/checkout/orders`;
    const bare = await fetch(path, { method: "POST" });
    expect([bare.status, (await bare.json()).name]).toEqual([401, "AUTHENTICATION_FAILURE"]);
    const old = await fetch(path, { method: "POST", headers: { authorization: "Bearer old" } });
    expect([old.status, (await old.json()).error]).toEqual([401, "invalid_token"]);
  });
});

describe("faults", () => {
  test("a lost response is carried out all the same", async () => {
    shop.sandbox.fail("paypal", { kind: "lost-response", path: "/checkout/orders" });
    await expect(shop.order({ requestId: "lost-1" })).rejects.toThrow();
    const orderId = await shop.order({ requestId: "lost-1" });
    await shop.sandbox.paypal.approve({ orderId });
    shop.sandbox.fail("paypal", { kind: "lost-response", path: "/capture" });
    await expect(capture(orderId, { "paypal-request-id": "lost-2" })).rejects.toThrow();
    expect((await shop.call("GET", `/v2/checkout/orders/${orderId}`)).body.status).toBe("COMPLETED");
    expect((await capture(orderId, { "paypal-request-id": "lost-2" })).status).toBe(200);
  });

  test.each([
    ["pending", { status: "PENDING" }],
    ["declined", { status: "DECLINED" }],
    ["wrong-amount", { amount: { currency_code: "USD", value: "21.00" } }],
    ["wrong-currency", { amount: { currency_code: "EUR", value: "20.00" } }],
    ["wrong-payee", { payee: { merchant_id: "ANOTHERMERCHANT" } }],
  ] as const)("%s shows wherever the capture is read", async (kind, expected) => {
    const orderId = await shop.order();
    await shop.sandbox.paypal.approve({ orderId });
    shop.sandbox.fail("paypal", { kind });
    const [answered] = (await capture(orderId)).body.purchase_units[0].payments.captures;
    const seen = (await shop.call("GET", `/v2/payments/captures/${answered.id}`)).body;
    const [inOrder] = (await shop.call("GET", `/v2/checkout/orders/${orderId}`)).body.purchase_units[0].payments
      .captures;
    for (const told of [answered, seen, inOrder]) expect(told).toMatchObject(expected);
    const last = (await shop.sandbox.paypal.events()).at(-1);
    expect(JSON.parse(last?.body ?? "").resource).toMatchObject(expected);
  });

  test("errors come in PayPal's form", async () => {
    const orderId = await shop.order();
    shop.sandbox.fail("paypal", { kind: "status", status: 429, retryAfter: 3, path: "/v2/" });
    const failed = await shop.call("GET", `/v2/checkout/orders/${orderId}`);
    expect(failed).toMatchObject({ status: 429, body: { name: "RATE_LIMIT_REACHED", debug_id: expect.any(String) } });
  });
});

test("orders and payments outlive a restart", async () => {
  const orderId = await shop.order({ requestId: "kept" });
  await shop.sandbox.paypal.approve({ orderId });
  const captureId = await shop.sale("3.00");
  await shop.call("POST", `/v2/payments/captures/${captureId}/refund`, {
    amount: { currency_code: "USD", value: "1.00" },
  });
  await shop.restart();
  expect(await shop.order({ requestId: "kept" })).toBe(orderId);
  expect((await shop.call("GET", `/v2/payments/captures/${captureId}`)).body.status).toBe("PARTIALLY_REFUNDED");
  expect((await capture(orderId)).status).toBe(201);
});
