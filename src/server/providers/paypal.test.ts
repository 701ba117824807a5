import { createServer, type IncomingHttpHeaders } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { rejectionOf } from "../../../tests/rejection-of";
import { createPaypal, type PaypalOptions } from "./paypal";
import { ProviderError } from "./provider-error";

const SECRET = "secret-of-the-account-4711";
const OURS = new Error("the caller's own reason");
const URLS = { returnUrl: "https://shop.test/back", cancelUrl: "https://shop.test/left" };

interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
}
interface Said {
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as it is. */
  body?: unknown;
}
type Answer = Said | "hang" | ((asked: Asked) => Said | "hang");

let asked: Asked[];
/** What the server says to everything but requests for tokens. */
let answer: Answer;
let tokenAnswer: Answer;
/** Connections that were closed before they had their answer. */
let hungUp: { count: number };
let url: string;
let stop: () => Promise<void>;

beforeEach(async () => {
  asked = [];
  const closed = { count: 0 };
  hungUp = closed;
  let tokens = 0;
  answer = { status: 500 };
  tokenAnswer = () => {
    tokens += 1;
    return { body: { access_token: `token-no-${tokens}-5813`, expires_in: 32_400 } };
  };
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    res.on("close", () => {
      if (!res.writableFinished) closed.count += 1;
    });
    req.on("data", (part) => parts.push(part));
    req.on("end", () => {
      const text = Buffer.concat(parts).toString();
      const isJson = req.headers["content-type"] === "application/json";
      const { method = "", url: path = "", headers } = req;
      const one = { method, path, headers, body: isJson ? JSON.parse(text) : text };
      asked.push(one);
      const chosen = path === "/v1/oauth2/token" ? tokenAnswer : answer;
      const said = typeof chosen === "function" ? chosen(one) : chosen;
      if (said === "hang") return;
      res.writeHead(said.status ?? 200, { "content-type": "application/json", ...said.headers });
      res.end(typeof said.body === "string" ? said.body : said.body === undefined ? "" : JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  url = `http://127.0.0.1:${address.port}`;
  stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterEach(() => stop());

const never = () => new AbortController().signal;
const paypal = (options: Partial<PaypalOptions> = {}) =>
  createPaypal({ clientId: "client", clientSecret: SECRET, baseUrl: url, sandbox: false, ...options });

/** What was asked, without the requests for tokens. */
const calls = () => asked.filter(({ path }) => path !== "/v1/oauth2/token");
const tokenCalls = () => asked.length - calls().length;

async function failureOf(work: Promise<unknown>) {
  const error = await rejectionOf(work);
  if (error instanceof ProviderError) return error.failure;
  throw error;
}

const refusal = (status: number, issue: string, name = "UNPROCESSABLE_ENTITY"): Said => ({
  status,
  body: { name, message: "No.", debug_id: "f1d2d2f924e98", details: [{ issue, description: "Because." }] },
});
const unknown = refusal(404, "INVALID_RESOURCE_ID", "RESOURCE_NOT_FOUND");

const usd = (value: string, currency_code = "USD") => ({ currency_code, value });

const created = {
  id: "5O190127TN364715T",
  status: "PAYER_ACTION_REQUIRED",
  purchase_units: [{ payee: { email_address: "a@shop.test", merchant_id: "C7CYMKZDG8D6E" } }],
  links: [
    { href: "https://api-m.paypal.com/v2/checkout/orders/5O190127TN364715T", rel: "self", method: "GET" },
    { href: "https://www.paypal.com/checkoutnow?token=5O190127TN364715T", rel: "payer-action", method: "GET" },
  ],
};
const newOrder = {
  purchaseId: "66f0c0ffee",
  price: { amount: 205, currency: "USD" },
  description: "20 credits",
  ...URLS,
};

describe("an order", () => {
  test("says what it is for, how much, and where the buyer comes back to", async () => {
    answer = { status: 201, body: created };
    expect(await paypal({ brandName: "Inkwell" }).createOrder(newOrder, never())).toEqual({
      orderId: created.id,
      approveUrl: "https://www.paypal.com/checkoutnow?token=5O190127TN364715T",
      payee: "C7CYMKZDG8D6E",
    });
    expect(calls()).toEqual([
      {
        method: "POST",
        path: "/v2/checkout/orders",
        headers: expect.objectContaining({
          authorization: "Bearer token-no-1-5813",
          "paypal-request-id": newOrder.purchaseId,
          prefer: "return=representation",
        }),
        body: {
          intent: "CAPTURE",
          purchase_units: [{ custom_id: newOrder.purchaseId, description: "20 credits", amount: usd("2.05") }],
          payment_source: {
            paypal: {
              experience_context: {
                brand_name: "Inkwell",
                return_url: URLS.returnUrl,
                cancel_url: URLS.cancelUrl,
                user_action: "PAY_NOW",
                shipping_preference: "NO_SHIPPING",
              },
            },
          },
        },
      },
    ]);
  });

  test("names its payee when we do, has whole yen, and no text too long for PayPal", async () => {
    answer = { status: 201, body: created };
    const order = { ...newOrder, price: { amount: 300, currency: "JPY" }, description: "x".repeat(500) };
    await paypal({ merchantId: "C7CYMKZDG8D6E", brandName: "y".repeat(500) }).createOrder(order, never());
    expect(calls()[0]?.body).toMatchObject({
      purchase_units: [
        { payee: { merchant_id: "C7CYMKZDG8D6E" }, amount: usd("300", "JPY"), description: "x".repeat(127) },
      ],
      payment_source: { paypal: { experience_context: { brand_name: "y".repeat(127) } } },
    });
  });

  test("is approved at another address when PayPal's own cannot be reached", async () => {
    const links = [{ href: `${url}/paypal/checkoutnow?token=X`, rel: "approve", method: "GET" }];
    const token = { access_token: "token", expires_in: 900 };
    answer = ({ path }) => ({ body: path.endsWith("/token") ? token : { id: "X", links } });
    const local = paypal({ baseUrl: `${url}/paypal`, approveBase: "http://localhost:3000/api/sandbox-paypal" });
    expect(await local.createOrder(newOrder, never())).toEqual({
      orderId: "X",
      approveUrl: "http://localhost:3000/api/sandbox-paypal/checkoutnow?token=X",
      payee: undefined,
    });
  });

  test.each<[string, unknown]>([
    ["no link", { ...created, links: [] }],
    ["a link to a script", { ...created, links: [{ rel: "approve", href: "javascript:alert(1)" }] }],
    ["no id", { ...created, id: undefined }],
    ["nothing", undefined],
    ["half of it", '{"id":"5O19'],
    ["a page", "<html>"],
  ])("that comes back with %s is malformed", async (_, body) => {
    answer = { status: 201, body };
    expect(await failureOf(paypal().createOrder(newOrder, never()))).toEqual({ provider: "paypal", kind: "malformed" });
  });

  test("that a repeat finds agreed to leads straight back", async () => {
    answer = { body: { ...created, status: "COMPLETED", links: [] } };
    expect(await paypal({ approveBase: "http://app.test" }).createOrder(newOrder, never())).toMatchObject({
      orderId: created.id,
      approveUrl: URLS.returnUrl,
    });
    answer = { body: { id: "I-1", status: "ACTIVE", links: [] } };
    const wanted = { planId: "P-1", userId: "u1", key: "k1", ...URLS };
    expect(await paypal().createSubscription(wanted, never())).toEqual({
      subscriptionId: "I-1",
      approveUrl: URLS.returnUrl,
    });
  });

  test.each([
    ["CREATED", "OPEN"],
    ["SAVED", "OPEN"],
    ["PAYER_ACTION_REQUIRED", "OPEN"],
    ["APPROVED", "APPROVED"],
    ["COMPLETED", "COMPLETED"],
    ["VOIDED", "VOIDED"],
  ])("%s is %s", async (status, expected) => {
    const payments = { captures: [{ id: "C1" }, { id: "C2" }], refunds: [{ id: "R1" }] };
    answer = { body: { id: "O1", status, purchase_units: [{ custom_id: "p1", payments }] } };
    expect(await paypal().getOrder("O1", never())).toEqual({
      id: "O1",
      status: expected,
      purchaseId: "p1",
      captureIds: ["C1", "C2"],
      refundIds: ["R1"],
    });
  });

  test("that was not paid has no captures; one in a state nobody knows is malformed", async () => {
    answer = { body: { id: "O1", status: "CREATED", purchase_units: [{}] } };
    expect(await paypal().getOrder("O1", never())).toMatchObject({
      captureIds: [],
      refundIds: [],
      purchaseId: undefined,
    });
    answer = { body: { id: "O1", status: "PAID_IN_SHELLS" } };
    expect(await failureOf(paypal().getOrder("O1", never()))).toMatchObject({ kind: "malformed" });
  });
});

describe("a capture", () => {
  const done = { status: "COMPLETED", purchase_units: [{ payments: { captures: [{ id: "3C679366HH908993F" }] } }] };
  const capture = () => paypal().captureOrder("O1", "key-1", never());

  test("answers with its id, under the caller's key", async () => {
    answer = { status: 201, body: done };
    expect(await capture()).toEqual({ captureId: "3C679366HH908993F" });
    expect(calls()).toMatchObject([
      { method: "POST", path: "/v2/checkout/orders/O1/capture", headers: { "paypal-request-id": "key-1" }, body: {} },
    ]);
  });

  test.each([
    ["ORDER_NOT_APPROVED", "not-approved"],
    ["INSTRUMENT_DECLINED", "declined"],
    ["PAYER_ACTION_REQUIRED", "declined"],
    ["TRANSACTION_REFUSED", "declined"],
    ["PAYER_CANNOT_PAY", "declined"],
    ["REDIRECT_PAYER_FOR_ALTERNATE_FUNDING", "declined"],
    ["ORDER_EXPIRED", "gone"],
    ["ORDER_VOIDED", "gone"],
  ])("refused for %s is %s", async (issue, refused) => {
    answer = refusal(422, issue);
    expect(await capture()).toEqual({ refused });
  });

  test("of an order nobody knows is gone; a gateway's 404 says nothing", async () => {
    answer = unknown;
    expect(await capture()).toEqual({ refused: "gone" });
    answer = { status: 404, body: "<html>not here</html>" };
    expect(await failureOf(capture())).toMatchObject({ kind: "status", status: 404 });
  });

  test("refused for a reason of ours is a failure", async () => {
    answer = refusal(422, "PAYEE_ACCOUNT_RESTRICTED");
    expect(await failureOf(capture())).toMatchObject({ kind: "status", status: 422 });
    answer = refusal(409, "PREVIOUS_REQUEST_IN_PROGRESS", "RESOURCE_CONFLICT");
    expect(await failureOf(capture())).toMatchObject({ kind: "status", status: 409 });
  });

  test("made before is looked up", async () => {
    const order = { id: "O1", ...done };
    answer = ({ method }) => (method === "POST" ? refusal(422, "ORDER_ALREADY_CAPTURED") : { body: order });
    expect(await capture()).toEqual({ captureId: "3C679366HH908993F" });
    expect(calls().map(({ path }) => path)).toEqual(["/v2/checkout/orders/O1/capture", "/v2/checkout/orders/O1"]);
  });

  test("made before, of an order that is gone, voided or without one", async () => {
    const capturedThen = (order: Said): Answer => {
      return ({ method }) => (method === "POST" ? refusal(422, "ORDER_ALREADY_CAPTURED") : order);
    };
    answer = capturedThen(unknown);
    expect(await capture()).toEqual({ refused: "gone" });
    answer = capturedThen({ body: { id: "O1", status: "VOIDED" } });
    expect(await capture()).toEqual({ refused: "gone" });
    answer = capturedThen({ body: { id: "O1", status: "APPROVED" } });
    expect(await failureOf(capture())).toMatchObject({ kind: "malformed" });
    answer = capturedThen({ status: 503 });
    expect(await failureOf(capture())).toMatchObject({ kind: "status", status: 503 });
  });

  test("that took nothing is declined when the payer is asked, malformed otherwise", async () => {
    answer = { body: { id: "O1", status: "PAYER_ACTION_REQUIRED" } };
    expect(await capture()).toEqual({ refused: "declined" });
    answer = { body: { id: "O1", status: "APPROVED" } };
    expect(await failureOf(capture())).toMatchObject({ kind: "malformed" });
  });

  const wire = {
    id: "C1",
    status: "COMPLETED",
    amount: usd("2.00", "EUR"),
    custom_id: "p1",
    payee: { merchant_id: "C7CYMKZDG8D6E" },
    supplementary_data: { related_ids: { order_id: "O1" } },
    create_time: "2026-03-01T09:30:00-07:00",
  };

  test("is read in full", async () => {
    answer = { body: wire };
    expect(await paypal().getCapture("C1", never())).toEqual({
      id: "C1",
      status: "COMPLETED",
      price: { amount: 200, currency: "EUR" },
      purchaseId: "p1",
      orderId: "O1",
      payee: "C7CYMKZDG8D6E",
      at: new Date("2026-03-01T16:30:00Z"),
    });
  });

  test.each([
    ["PENDING", "PENDING"],
    ["DECLINED", "DECLINED"],
    ["FAILED", "DECLINED"],
    ["PARTIALLY_REFUNDED", "PARTIALLY_REFUNDED"],
    ["REFUNDED", "REFUNDED"],
  ])("%s is %s", async (status, expected) => {
    answer = { body: { ...wire, status } };
    expect(await paypal().getCapture("C1", never())).toMatchObject({ status: expected });
  });

  test.each([
    undefined,
    usd("-2.00"),
    usd("2.001"),
    usd("2e3"),
    usd("2,00"),
    usd(""),
    usd("2.50", "JPY"),
    usd("2.00", "dollars"),
    { value: "2.00" },
    "2.00 USD",
  ])("of %j has no price", async (amount) => {
    answer = { body: { ...wire, amount } };
    expect(await paypal().getCapture("C1", never())).toMatchObject({ id: "C1", price: undefined });
  });

  test("may leave out what is not its own", async () => {
    const { id, status, create_time } = wire;
    answer = { body: { id, status, create_time } };
    const read = await paypal().getCapture("C1", never());
    expect(read).toMatchObject({ purchaseId: undefined, orderId: undefined, payee: undefined, price: undefined });
  });

  test.each([{ status: "PERHAPS" }, { status: undefined }, { create_time: "lately" }, { id: "" }])(
    "with %j is malformed",
    async (changes) => {
      answer = { body: { ...wire, ...changes } };
      expect(await failureOf(paypal().getCapture("C1", never()))).toMatchObject({ kind: "malformed" });
    },
  );
});

describe("a refund", () => {
  const up = (href: string) => [
    { rel: "self", href: "https://api-m.paypal.com/v2/payments/refunds/R1" },
    { rel: "up", href },
  ];
  const wire = {
    id: "R1",
    status: "COMPLETED",
    amount: usd("1.50"),
    links: up("https://api-m.paypal.com/v2/payments/captures/C1"),
  };
  const read = { id: "R1", captureId: "C1", status: "COMPLETED", money: { amount: 150, currency: "USD" } };

  test("of a part, and of all that is left", async () => {
    answer = { status: 201, body: wire };
    expect(await paypal().refundCapture("C1", "k1", { amount: 150, currency: "USD" }, never())).toEqual(read);
    expect(await paypal().refundCapture("C1", "k2", undefined, never())).toEqual(read);
    expect(calls()).toMatchObject([
      {
        path: "/v2/payments/captures/C1/refund",
        headers: { "paypal-request-id": "k1" },
        body: { amount: usd("1.50") },
      },
      { headers: { "paypal-request-id": "k2" }, body: {} },
    ]);
    expect(calls()[1]?.body).toEqual({});
  });

  test("tells whose money it was: a capture's or a subscription's", async () => {
    answer = { body: wire };
    expect(await paypal().getRefund("R1", never())).toEqual(read);
    answer = { body: { ...wire, links: up("https://api.paypal.com/v1/payments/sale/80F85758S3080410K?x=1") } };
    expect(await paypal().getRefund("R1", never())).toMatchObject({ captureId: "80F85758S3080410K" });
    answer = { body: { ...wire, links: [] } };
    expect(await failureOf(paypal().getRefund("R1", never()))).toMatchObject({ kind: "malformed" });
  });

  test.each(["CANCELLED", "FAILED", "PENDING"])("may be %s", async (status) => {
    answer = { body: { ...wire, status } };
    expect(await paypal().getRefund("R1", never())).toMatchObject({ status });
  });

  test.each([
    [422, "CAPTURE_FULLY_REFUNDED", "nothing-left"],
    [422, "REFUND_AMOUNT_EXCEEDED", "too-much"],
    [422, "PENDING_CAPTURE", "pending"],
    [422, "TRANSACTION_DISPUTED", "disputed"],
    [422, "REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK", "disputed"],
    [422, "REFUND_TIME_LIMIT_EXCEEDED", "too-late"],
    [422, "REFUND_FAILED_INSUFFICIENT_FUNDS", "no-funds"],
    [422, "PARTIAL_REFUND_NOT_ALLOWED", "not-allowed"],
    [404, "INVALID_RESOURCE_ID", "not-allowed"],
  ])("that is refused (%i %s) is %s", async (status, issue, refused) => {
    answer = refusal(status, issue);
    expect(await paypal().refundCapture("C1", "k1", undefined, never())).toEqual({ refused });
  });

  test.each([
    [422, "PREVIOUS_REQUEST_IN_PROGRESS"],
    [403, "PERMISSION_DENIED"],
    [409, "RESOURCE_CONFLICT"],
    [429, "RATE_LIMIT_REACHED"],
    [500, "INTERNAL_SERVER_ERROR"],
  ])("of which nobody knows (%i %s) is a failure, to be repeated", async (status, issue) => {
    answer = refusal(status, issue);
    const made = paypal().refundCapture("C1", "k1", undefined, never());
    expect(await failureOf(made)).toMatchObject({ kind: "status", status });
  });
});

describe("a dispute", () => {
  test.each([
    ["OPEN", undefined, "open"],
    ["WAITING_FOR_BUYER_RESPONSE", undefined, "open"],
    ["WAITING_FOR_SELLER_RESPONSE", undefined, "open"],
    ["UNDER_REVIEW", undefined, "open"],
    ["OTHER", undefined, "open"],
    ["UNDER_REVIEW", "RESOLVED_SELLER_FAVOUR", "open"],
    ["RESOLVED", "RESOLVED_SELLER_FAVOUR", "won"],
    ["RESOLVED", "CANCELED_BY_BUYER", "won"],
    ["RESOLVED", "DENIED", "won"],
    ["RESOLVED", "RESOLVED_BUYER_FAVOUR", "lost"],
    ["RESOLVED", "RESOLVED_WITH_PAYOUT", "lost"],
    ["RESOLVED", "ACCEPTED", "lost"],
    ["RESOLVED", "NONE", "lost"],
    ["RESOLVED", undefined, "lost"],
  ])("%s with the outcome %s is %s", async (status, outcome_code, state) => {
    answer = {
      body: {
        dispute_id: "PP-R-GSS-10059837",
        status,
        ...(outcome_code && { dispute_outcome: { outcome_code } }),
        dispute_amount: usd("10.00", "EUR"),
        disputed_transactions: [{ seller_transaction_id: "C1" }, { buyer_transaction_id: "B2" }],
      },
    };
    expect(await paypal().getDispute("PP-R-GSS-10059837", never())).toEqual({
      id: "PP-R-GSS-10059837",
      captureIds: ["C1"],
      state,
      money: { amount: 1_000, currency: "EUR" },
    });
    expect(calls()[0]?.path).toBe("/v1/customer/disputes/PP-R-GSS-10059837");
  });
});

describe("a subscription", () => {
  const cycle = (tenure_type: string, value: string, frequency: object) => ({
    tenure_type,
    frequency,
    pricing_scheme: { fixed_price: usd(value) },
  });

  test("costs what its plan's regular cycle costs", async () => {
    const trial = cycle("TRIAL", "1.00", { interval_unit: "WEEK", interval_count: 2 });
    answer = { body: { id: "P-1", billing_cycles: [trial, cycle("REGULAR", "9.90", { interval_unit: "MONTH" })] } };
    expect(await paypal().getPlan("P-1", never())).toEqual({
      id: "P-1",
      price: { amount: 990, currency: "USD" },
      every: { unit: "MONTH", count: 1 },
    });
  });

  test.each([
    [[]],
    [[cycle("TRIAL", "1.00", { interval_unit: "WEEK" })]],
    [[cycle("REGULAR", "much", { interval_unit: "WEEK" })]],
    [[{ tenure_type: "REGULAR", frequency: { interval_unit: "MONTH" } }]],
  ])("cannot have a plan without a fixed price: %j", async (billing_cycles) => {
    answer = { body: { id: "P-1", billing_cycles } };
    expect(await failureOf(paypal().getPlan("P-1", never()))).toMatchObject({ kind: "malformed" });
  });

  test("is asked for with its plan, its subscriber and its key", async () => {
    const href = "https://www.paypal.com/webapps/billing/subscriptions?ba_token=BA-1";
    answer = { status: 201, body: { id: "I-1", status: "APPROVAL_PENDING", links: [{ rel: "approve", href }] } };
    const wanted = { planId: "P-1", userId: "u1", key: "k1", ...URLS };
    expect(await paypal({ brandName: "Inkwell" }).createSubscription(wanted, never())).toEqual({
      subscriptionId: "I-1",
      approveUrl: href,
    });
    expect(calls()).toMatchObject([
      {
        path: "/v1/billing/subscriptions",
        headers: { "paypal-request-id": "k1" },
        body: {
          plan_id: "P-1",
          custom_id: "u1",
          application_context: {
            brand_name: "Inkwell",
            return_url: URLS.returnUrl,
            cancel_url: URLS.cancelUrl,
            user_action: "SUBSCRIBE_NOW",
            shipping_preference: "NO_SHIPPING",
          },
        },
      },
    ]);
  });

  test.each([
    ["APPROVAL_PENDING", "APPROVAL_PENDING", false],
    ["APPROVED", "APPROVAL_PENDING", false],
    ["ACTIVE", "ACTIVE", true],
    ["SUSPENDED", "SUSPENDED", false],
    ["CANCELLED", "CANCELLED", false],
    ["EXPIRED", "EXPIRED", false],
  ])("%s is %s; charged again: %s", async (status, expected, charged) => {
    answer = {
      body: {
        id: "I-1",
        status,
        plan_id: "P-1",
        custom_id: "u1",
        start_time: "2026-03-01T00:00:00Z",
        billing_info: { next_billing_time: "2026-04-01T10:00:00Z" },
      },
    };
    expect(await paypal().getSubscription("I-1", never())).toEqual({
      id: "I-1",
      status: expected,
      planId: "P-1",
      userId: "u1",
      nextBillingAt: charged ? new Date("2026-04-01T10:00:00Z") : undefined,
      startedAt: new Date("2026-03-01T00:00:00Z"),
    });
  });

  test("is cancelled with a reason, once: one that has ended stays so", async () => {
    answer = { status: 204 };
    await paypal().cancelSubscription("I-1", "z".repeat(400), never());
    expect(calls()).toMatchObject([
      { method: "POST", path: "/v1/billing/subscriptions/I-1/cancel", body: { reason: "z".repeat(127) } },
    ]);
    answer = refusal(422, "SUBSCRIPTION_STATUS_INVALID");
    await paypal().cancelSubscription("I-1", "again", never());
    answer = refusal(422, "USER_ACCOUNT_CLOSED");
    const refused = paypal().cancelSubscription("I-1", "again", never());
    expect(await failureOf(refused)).toMatchObject({ kind: "status", status: 422 });
    answer = unknown;
    const nobodys = paypal().cancelSubscription("I-1", "again", never());
    expect(await failureOf(nobodys)).toMatchObject({ kind: "status", status: 404 });
  });

  const sale = (id: string, time: string, status = "COMPLETED") => ({
    id,
    status,
    time,
    amount_with_breakdown: { gross_amount: usd("9.90") },
    payer_email: "b@buyer.test",
  });
  const from = new Date("2026-01-01T00:00:00Z");
  const to = new Date("2026-04-01T00:00:00Z");

  test("lists its payments over all pages, oldest first", async () => {
    const pages = [
      [sale("S4", "2026-03-04T00:00:00Z", "PENDING"), sale("S3", "2026-03-03T00:00:00Z", "REFUNDED")],
      [sale("S2", "2026-02-02T00:00:00Z", "FAILED"), sale("S1", "2026-01-02T00:00:00Z", "PARTIALLY_REFUNDED")],
    ];
    answer = ({ path }) => {
      const page = Number(new URL(path, url).searchParams.get("page") ?? 1);
      const next = { rel: "next", href: `https://api.paypal.com/v1/elsewhere?start_time=s&page=${page + 1}` };
      return { body: { transactions: pages[page - 1], links: page < pages.length ? [next] : [] } };
    };
    expect(await paypal().listSales("I-1", from, to, never())).toEqual([
      { id: "S1", status: "PARTIALLY_REFUNDED", money: { amount: 990, currency: "USD" }, at: new Date("2026-01-02") },
      { id: "S2", status: "DECLINED", money: { amount: 990, currency: "USD" }, at: new Date("2026-02-02") },
      { id: "S3", status: "REFUNDED", money: { amount: 990, currency: "USD" }, at: new Date("2026-03-03") },
      { id: "S4", status: "PENDING", money: { amount: 990, currency: "USD" }, at: new Date("2026-03-04") },
    ]);
    expect(calls().map(({ path }) => path)).toEqual([
      "/v1/billing/subscriptions/I-1/transactions?start_time=2026-01-01T00%3A00%3A00.000Z&end_time=2026-04-01T00%3A00%3A00.000Z",
      "/v1/billing/subscriptions/I-1/transactions?start_time=s&page=2",
    ]);
  });

  test("without payments has an empty list; a list without an end is a failure", async () => {
    answer = { body: { links: [] } };
    expect(await paypal().listSales("I-1", from, to, never())).toEqual([]);
    answer = { body: { links: [{ rel: "next", href: "https://api.paypal.com/x?page=1" }] } };
    expect(await failureOf(paypal().listSales("I-1", from, to, never()))).toMatchObject({ kind: "malformed" });
  });
});

describe("what PayPal does not know", () => {
  const readers: [string, (it: ReturnType<typeof paypal>, id: string) => Promise<unknown>][] = [
    ["getOrder", (it, id) => it.getOrder(id, never())],
    ["getCapture", (it, id) => it.getCapture(id, never())],
    ["getRefund", (it, id) => it.getRefund(id, never())],
    ["getDispute", (it, id) => it.getDispute(id, never())],
    ["getPlan", (it, id) => it.getPlan(id, never())],
    ["getSubscription", (it, id) => it.getSubscription(id, never())],
  ];

  test.each(readers)("%s finds nothing, and does not take a gateway's 404 for that", async (_, read) => {
    answer = unknown;
    expect(await read(paypal(), "X1")).toBeNull();
    answer = { status: 404, body: "<html>not here</html>" };
    expect(await failureOf(read(paypal(), "X1"))).toMatchObject({ kind: "status", status: 404 });
  });

  test.each(readers)("%s does not ask for what cannot be an id", async (_, read) => {
    for (const id of ["", "..", "../../v1/x", "a/b", "a?b", "a b", "%2e%2e", "x".repeat(101)]) {
      expect(await read(paypal(), id)).toBeNull();
    }
    expect(await paypal().captureOrder("../O1", "k", never())).toEqual({ refused: "gone" });
    expect(asked).toEqual([]);
  });
});

describe("the token", () => {
  const order = { body: { id: "O1", status: "CREATED" } };
  const twenty = (work: () => Promise<unknown>) => Promise.all(Array.from({ length: 20 }, work));

  test("is fetched once for twenty calls at the same time, and kept", async () => {
    answer = order;
    const it = paypal();
    await twenty(() => it.getOrder("O1", never()));
    await it.getOrder("O1", never());
    expect(tokenCalls()).toBe(1);
    expect(asked[0]).toMatchObject({
      method: "POST",
      body: "grant_type=client_credentials",
      headers: { authorization: `Basic ${Buffer.from(`client:${SECRET}`).toString("base64")}` },
    });
    expect(calls()).toHaveLength(21);
  });

  test("is not used in its last minute", async () => {
    answer = order;
    tokenAnswer = { body: { access_token: "short", expires_in: 60 } };
    const it = paypal();
    await it.getOrder("O1", never());
    await it.getOrder("O1", never());
    expect(tokenCalls()).toBe(2);
  });

  test("is fetched anew, once, when twenty calls hear that it has run out", async () => {
    answer = ({ headers }) =>
      headers.authorization === "Bearer token-no-1-5813"
        ? { status: 401, body: { error: "invalid_token", error_description: "Token signature verification failed" } }
        : order;
    const it = paypal();
    await twenty(async () => expect(await it.getOrder("O1", never())).toMatchObject({ id: "O1" }));
    expect(tokenCalls()).toBe(2);
    expect(calls().length).toBeLessThanOrEqual(40);
  });

  test("that is refused again is a 401 for the caller", async () => {
    answer = { status: 401, body: { error: "invalid_token" } };
    expect(await failureOf(paypal().getOrder("O1", never()))).toMatchObject({ kind: "status", status: 401 });
    expect(calls()).toHaveLength(2);
    expect(tokenCalls()).toBe(2);
  });

  test.each<[string, Answer, object]>([
    ["a wrong secret", { status: 401, body: { error: "invalid_client" } }, { kind: "status", status: 401 }],
    ["too many requests", { status: 429, headers: { "retry-after": "7" } }, { status: 429, retryAfterMs: 7_000 }],
    ["no token", { body: { expires_in: 900 } }, { kind: "malformed" }],
    ["a page", { body: "<html>" }, { kind: "malformed" }],
  ])("%s: the failure is the call's, and no call is made", async (_, said, expected) => {
    tokenAnswer = said;
    expect(await failureOf(paypal().getOrder("O1", never()))).toMatchObject(expected);
    expect(tokenCalls()).toBe(1);
    expect(calls()).toEqual([]);
  });

  test("a failure to get it is forgotten", async () => {
    answer = order;
    const works = tokenAnswer;
    tokenAnswer = { status: 503 };
    const it = paypal();
    expect(await failureOf(it.getOrder("O1", never()))).toMatchObject({ status: 503 });
    tokenAnswer = works;
    expect(await it.getOrder("O1", never())).toMatchObject({ id: "O1" });
  });

  test("that PayPal takes too long over is a timeout", async () => {
    tokenAnswer = "hang";
    const soon = AbortSignal.timeout(30);
    const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(soon);
    expect(await failureOf(paypal().getOrder("O1", never()))).toMatchObject({ kind: "timeout" });
    timeout.mockRestore();
  });

  test("one caller's leaving does not end the wait of the others; the last one's ends the request", async () => {
    answer = order;
    tokenAnswer = "hang";
    const it = paypal();
    const first = new AbortController();
    const second = new AbortController();
    const early = rejectionOf(it.getOrder("O1", first.signal));
    const late = rejectionOf(it.getOrder("O1", second.signal));
    await expect.poll(() => tokenCalls()).toBe(1);
    first.abort(OURS);
    expect(await early).toBe(OURS);
    await wait(50);
    expect(hungUp.count).toBe(0);
    second.abort(OURS);
    expect(await late).toBe(OURS);
    await expect.poll(() => hungUp.count).toBe(1);
    tokenAnswer = { body: { access_token: "fresh", expires_in: 900 } };
    expect(await it.getOrder("O1", never())).toMatchObject({ id: "O1" });
  });
});

describe("failures", () => {
  test("a redirect is a status, and is not followed", async () => {
    answer = ({ path }) => (path === "/stolen" ? { body: {} } : { status: 307, headers: { location: "/stolen" } });
    const made = paypal().createOrder(newOrder, never());
    expect(await failureOf(made)).toMatchObject({ kind: "status", status: 307 });
    expect(calls()).toHaveLength(1);
  });

  test("an abort rejects at once with the caller's reason and closes the connection", async () => {
    answer = "hang";
    const controller = new AbortController();
    const made = rejectionOf(paypal().createOrder(newOrder, controller.signal));
    await expect.poll(() => calls().length).toBe(1);
    controller.abort(OURS);
    expect(await made).toBe(OURS);
    await expect.poll(() => hungUp.count).toBe(1);
  });

  test("an aborted signal makes no call", async () => {
    expect(await rejectionOf(paypal().getOrder("O1", AbortSignal.abort(OURS)))).toBe(OURS);
    expect(asked).toEqual([]);
  });

  test("a refusal's reasons and PayPal's debug id are kept for the log, the rest is not", async () => {
    const body = {
      name: "UNPROCESSABLE_ENTITY",
      message: `Quoting ${SECRET}`,
      debug_id: "f1d2d2f924e98",
      details: [{ issue: "PAYEE_ACCOUNT_RESTRICTED", description: "token-no-1-5813", value: "20 credits" }],
    };
    answer = { status: 422, body };
    const error = await rejectionOf(paypal().createOrder(newOrder, never()));
    const printed = inspect(error, { depth: 12, showHidden: true }) + JSON.stringify(error);
    expect(printed).toContain("UNPROCESSABLE_ENTITY PAYEE_ACCOUNT_RESTRICTED, debug id f1d2d2f924e98");
    for (const hidden of [
      SECRET,
      "token-no-1-5813",
      "20 credits",
      "Quoting",
      Buffer.from(`client:${SECRET}`).toString("base64"),
    ]) {
      expect(printed).not.toContain(hidden);
    }
  });

  test("a secret that PayPal sends back as a reason is removed", async () => {
    answer = { status: 400, body: { name: "VALIDATION_ERROR", debug_id: SECRET } };
    const error = await rejectionOf(paypal().createOrder(newOrder, never()));
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain(SECRET);
  });
});
