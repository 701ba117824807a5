import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rejectionOf } from "../../../tests/rejection-of";
import { type Fault, type Sandbox, startSandbox } from "../../sandbox";
import type { NewOrder, NewSubscription, PaymentProvider } from "./payment-provider";
import { createPaypal, type PaypalOptions } from "./paypal";
import { ProviderError, type ProviderFailure } from "./provider-error";
import { createPaypalWebhookVerifier, type PaypalWebhookVerifierOptions } from "./verify-paypal-webhook";
import type { WebhookDelivery } from "./webhook-delivery";

const SECRET = "contract-secret-4711";
const OURS = new Error("the caller's own reason");
const PLAN = "P-SANDBOX";
const DAY_MS = 86_400_000;

/** How a call ended: with an answer, with a failure of the provider, or only because it was aborted. */
type Outcome = "answers" | "waits" | Omit<ProviderFailure, "provider">;

let dir: string;
let sandbox: Sandbox;
/** An address where nothing listens. */
let deadEnd: string;
let made = 0;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  dir = await mkdtemp(join(tmpdir(), "paypal-contract-"));
  const gone = await startSandbox({ dir });
  deadEnd = gone.url;
  await gone.close();
  sandbox = await startSandbox({ dir });
});
afterAll(async () => {
  await sandbox.close();
  await rm(dir, { recursive: true, force: true });
  process.off("unhandledRejection", onUnhandled);
});
beforeEach(() => sandbox.reset());
afterEach(async () => {
  // Rejections nobody handles are reported a turn later.
  await wait(5);
  expect(unhandled.splice(0)).toEqual([]);
});

const never = () => new AbortController().signal;

const paypalAt = (url: string, options: Partial<PaypalOptions> = {}) =>
  createPaypal({ clientId: "contract", clientSecret: SECRET, baseUrl: `${url}/paypal`, sandbox: true, ...options });
const paypal = (options: Partial<PaypalOptions> = {}) => paypalAt(sandbox.url, options);

/** An order nobody made before. */
function newOrder(changes: Partial<NewOrder> = {}): NewOrder {
  made += 1;
  return {
    purchaseId: `purchase-${made}`,
    price: { amount: 200, currency: "USD" },
    description: "20 credits",
    returnUrl: "http://localhost:3000/buy-credits",
    cancelUrl: "http://localhost:3000/buy-credits?cancelled=1",
    ...changes,
  };
}

function newSubscription(): NewSubscription {
  const { purchaseId: key, returnUrl, cancelUrl } = newOrder();
  return { planId: PLAN, userId: "user-1", key, returnUrl, cancelUrl };
}

type ApprovalOutcome = "completed" | "pending" | "declined";

async function approvedOrder(outcome: ApprovalOutcome = "completed", changes: Partial<NewOrder> = {}) {
  const order = newOrder(changes);
  const { orderId } = await paypal().createOrder(order, never());
  await sandbox.paypal.approve({ orderId, outcome });
  return { orderId, purchaseId: order.purchaseId };
}

async function captureOf(provider: PaymentProvider, orderId: string, key = `capture-${orderId}`): Promise<string> {
  const answer = await provider.captureOrder(orderId, key, never());
  if ("refused" in answer) throw new Error(`refused: ${answer.refused}`);
  return answer.captureId;
}

async function paid(outcome: ApprovalOutcome = "completed", changes: Partial<NewOrder> = {}) {
  const { orderId, purchaseId } = await approvedOrder(outcome, changes);
  return { orderId, purchaseId, captureId: await captureOf(paypal(), orderId) };
}

async function subscribed() {
  const { subscriptionId } = await paypal().createSubscription(newSubscription(), never());
  const { saleId } = await sandbox.paypal.approve({ subscriptionId });
  return { subscriptionId, saleId };
}

async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
    return "answers";
  } catch (error) {
    if (error === OURS) return "waits";
    if (!(error instanceof ProviderError)) throw error;
    const { provider, ...failure } = error.failure;
    expect(provider).toBe("paypal");
    return failure;
  }
}

/** What arrived at the API, but for requests for tokens. */
const arrived = () => sandbox.requests("paypal").filter(({ path }) => path !== "/v1/oauth2/token");
const tokenRequests = () => sandbox.requests("paypal").length - arrived().length;

/** Everything a log could print of an error. */
const printed = (error: unknown) => inspect(error, { depth: 12, showHidden: true }) + JSON.stringify(error);

describe("orders", () => {
  test("are made, agreed to, captured, and then tell so", async () => {
    const order = newOrder();
    const { orderId, approveUrl, payee } = await paypal().createOrder(order, never());
    expect(approveUrl).toBe(`${sandbox.url}/paypal/checkoutnow?token=${orderId}`);
    expect(payee).toBe("SANDBOXMERCHANT");
    const open = { id: orderId, status: "OPEN", purchaseId: order.purchaseId, captureIds: [], refundIds: [] };
    expect(await paypal().getOrder(orderId, never())).toEqual(open);
    await sandbox.paypal.approve({ orderId });
    expect(await paypal().getOrder(orderId, never())).toEqual({ ...open, status: "APPROVED" });
    const captureId = await captureOf(paypal(), orderId);
    expect(await paypal().getOrder(orderId, never())).toEqual({
      ...open,
      status: "COMPLETED",
      captureIds: [captureId],
    });
    const capture = await paypal().getCapture(captureId, never());
    expect(capture).toEqual({
      id: captureId,
      status: "COMPLETED",
      price: { amount: 200, currency: "USD" },
      purchaseId: order.purchaseId,
      orderId,
      payee: "SANDBOXMERCHANT",
      at: expect.any(Date),
    });
    expect(Math.abs((capture?.at.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test("are agreed to at an address that browsers can reach", async () => {
    const approveBase = "http://localhost:3000/api/sandbox-paypal";
    const { orderId, approveUrl } = await paypal({ approveBase }).createOrder(newOrder(), never());
    expect(approveUrl).toBe(`${approveBase}/checkoutnow?token=${orderId}`);
  });

  test("can be in whole yen", async () => {
    const { captureId } = await paid("completed", { price: { amount: 300, currency: "JPY" } });
    const capture = await paypal().getCapture(captureId, never());
    expect(capture?.price).toEqual({ amount: 300, currency: "JPY" });
  });

  test("nobody agreed to are not captured; a declined card neither, until another one is chosen", async () => {
    const { orderId } = await paypal().createOrder(newOrder(), never());
    expect(await paypal().captureOrder(orderId, "k1", never())).toEqual({ refused: "not-approved" });
    await sandbox.paypal.approve({ orderId, outcome: "declined" });
    expect(await paypal().captureOrder(orderId, "k2", never())).toEqual({ refused: "declined" });
    await sandbox.paypal.approve({ orderId });
    expect(await paypal().captureOrder(orderId, "k3", never())).toEqual({ captureId: expect.any(String) });
  });

  test("nobody knows are gone", async () => {
    expect(await paypal().captureOrder("5O190127TN364715T", "k", never())).toEqual({ refused: "gone" });
  });

  test("are captured once, under whatever key and from however many sides", async () => {
    const { orderId } = await approvedOrder();
    const provider = paypal();
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, i) => captureOf(provider, orderId, i < 4 ? "same" : `other-${i}`)),
    );
    expect(new Set(ids).size).toBe(1);
    const events = await sandbox.paypal.events();
    expect(events.filter(({ event_type }) => event_type === "PAYMENT.CAPTURE.COMPLETED")).toHaveLength(1);
  });

  test.each<[ApprovalOutcome, string]>([
    ["completed", "COMPLETED"],
    ["pending", "PENDING"],
  ])("%s give a capture that is %s", async (outcome, status) => {
    const { captureId } = await paid(outcome);
    expect(await paypal().getCapture(captureId, never())).toMatchObject({ status });
  });

  test("under review are decided later", async () => {
    const [good, bad] = [await paid("pending"), await paid("pending")];
    await sandbox.paypal.complete(good);
    await sandbox.paypal.deny(bad);
    expect(await paypal().getCapture(good.captureId, never())).toMatchObject({ status: "COMPLETED" });
    expect(await paypal().getCapture(bad.captureId, never())).toMatchObject({ status: "DECLINED" });
  });

  test.each<[Fault["kind"], object]>([
    ["pending", { status: "PENDING" }],
    ["declined", { status: "DECLINED" }],
    ["wrong-amount", { price: { amount: 300, currency: "USD" } }],
    ["wrong-currency", { price: { amount: 200, currency: "EUR" } }],
    ["wrong-payee", { payee: "ANOTHERMERCHANT" }],
  ])("captured %s are told as they are", async (kind, expected) => {
    const { orderId } = await approvedOrder();
    sandbox.fail("paypal", { kind });
    const captureId = await captureOf(paypal(), orderId);
    expect(await paypal().getCapture(captureId, never())).toMatchObject(expected);
  });
});

async function refunded(captureId: string, key: string, part?: { amount: number; currency: string }) {
  const refund = await paypal().refundCapture(captureId, key, part, never());
  if ("refused" in refund) throw new Error(`refused: ${refund.refused}`);
  return refund;
}

describe("refunds", () => {
  test("of a part and then of the rest show in the capture and the order", async () => {
    const { orderId, captureId } = await paid();
    const part = await refunded(captureId, "part", { amount: 50, currency: "USD" });
    expect(part).toEqual({ id: part.id, captureId, status: "COMPLETED", money: { amount: 50, currency: "USD" } });
    expect(await paypal().getCapture(captureId, never())).toMatchObject({ status: "PARTIALLY_REFUNDED" });
    const rest = await refunded(captureId, "rest");
    expect(rest.money).toEqual({ amount: 150, currency: "USD" });
    expect(await paypal().getCapture(captureId, never())).toMatchObject({ status: "REFUNDED" });
    expect(await paypal().getRefund(part.id, never())).toEqual(part);
    expect(await paypal().getOrder(orderId, never())).toMatchObject({ refundIds: [part.id, rest.id] });
    const more = await paypal().refundCapture(captureId, "more", undefined, never());
    expect(more).toEqual({ refused: "nothing-left" });
  });

  test("that are still under way say so, and later what became of them", async () => {
    const { captureId } = await paid();
    sandbox.fail("paypal", { kind: "refund-pending" });
    const { id } = await refunded(captureId, "later");
    expect(await paypal().getRefund(id, never())).toMatchObject({ status: "PENDING" });
    expect(await paypal().getCapture(captureId, never())).toMatchObject({ status: "COMPLETED" });
    await sandbox.paypal.endRefund({ refundId: id, outcome: "completed" });
    expect(await paypal().getRefund(id, never())).toMatchObject({ status: "COMPLETED" });
    sandbox.fail("paypal", { kind: "refund-refused" });
    const other = await paid();
    const broke = await paypal().refundCapture(other.captureId, "broke", undefined, never());
    expect(broke).toEqual({ refused: "no-funds" });
  });

  test("made on PayPal's own pages are found, a subscription's too", async () => {
    const { captureId } = await paid();
    const { refundId } = await sandbox.paypal.refund({ captureId, value: "0.50" });
    expect(await paypal().getRefund(refundId, never())).toMatchObject({ captureId, money: { amount: 50 } });
    const { saleId } = await subscribed();
    const { refundId: ofSale } = await sandbox.paypal.refund({ captureId: saleId });
    expect(await paypal().getRefund(ofSale, never())).toMatchObject({ captureId: saleId, status: "COMPLETED" });
  });
});

describe("disputes", () => {
  test.each([
    ["seller", "won", "COMPLETED"],
    ["buyer", "lost", "REFUNDED"],
  ] as const)("decided for the %s are %s", async (outcome, state, status) => {
    const { captureId } = await paid();
    const { disputeId } = await sandbox.paypal.dispute({ captureId });
    const open = { id: disputeId, captureIds: [captureId], state: "open", money: { amount: 200, currency: "USD" } };
    expect(await paypal().getDispute(disputeId, never())).toEqual(open);
    await sandbox.paypal.resolve({ disputeId, outcome });
    expect(await paypal().getDispute(disputeId, never())).toEqual({ ...open, state });
    expect(await paypal().getCapture(captureId, never())).toMatchObject({ status });
  });
});

describe("subscriptions", () => {
  const everything = (subscriptionId: string) =>
    paypal().listSales(subscriptionId, new Date(Date.now() - DAY_MS), new Date(Date.now() + DAY_MS), never());

  test("have a plan with a price", async () => {
    expect(await paypal().getPlan(PLAN, never())).toEqual({
      id: PLAN,
      price: { amount: 800, currency: "USD" },
      every: { unit: "MONTH", count: 1 },
    });
  });

  test("begin when their subscriber agrees, and list what was paid", async () => {
    const approveBase = "http://localhost:3000/api/sandbox-paypal";
    const { subscriptionId, approveUrl } = await paypal({ approveBase }).createSubscription(newSubscription(), never());
    expect(approveUrl.startsWith(`${approveBase}/webapps/billing/subscriptions?ba_token=`)).toBe(true);
    const pending = { id: subscriptionId, status: "APPROVAL_PENDING", planId: PLAN, userId: "user-1" };
    expect(await paypal().getSubscription(subscriptionId, never())).toMatchObject({
      ...pending,
      nextBillingAt: undefined,
    });
    expect(await everything(subscriptionId)).toEqual([]);
    const { saleId } = await sandbox.paypal.approve({ subscriptionId });
    expect(await paypal().getSubscription(subscriptionId, never())).toMatchObject({
      status: "ACTIVE",
      nextBillingAt: expect.toSatisfy((at: Date) => at.getTime() > Date.now() + 27 * DAY_MS),
    });
    const first = { id: saleId, status: "COMPLETED", money: { amount: 800, currency: "USD" }, at: expect.any(Date) };
    expect(await everything(subscriptionId)).toEqual([first]);
    const { saleId: declined } = await sandbox.paypal.bill({ subscriptionId, outcome: "declined" });
    const { saleId: second } = await sandbox.paypal.bill({ subscriptionId });
    expect(await everything(subscriptionId)).toMatchObject([
      { id: saleId },
      { id: declined, status: "DECLINED" },
      { id: second, status: "COMPLETED" },
    ]);
    const before = [new Date(Date.now() - 2 * DAY_MS), new Date(Date.now() - DAY_MS)] as const;
    expect(await paypal().listSales(subscriptionId, ...before, never())).toEqual([]);
  });

  test.each([
    ["suspend", "SUSPENDED"],
    ["cancel", "CANCELLED"],
    ["expire", "EXPIRED"],
  ] as const)("tell when PayPal has ended them: %s", async (turn, status) => {
    const { subscriptionId } = await subscribed();
    await sandbox.paypal[turn]({ subscriptionId });
    const subscription = await paypal().getSubscription(subscriptionId, never());
    expect(subscription).toMatchObject({ status, nextBillingAt: undefined });
  });

  test("are cancelled once; cancelling again changes nothing", async () => {
    const { subscriptionId } = await subscribed();
    await paypal().cancelSubscription(subscriptionId, "Cancelled by the subscriber.", never());
    await paypal().cancelSubscription(subscriptionId, "Cancelled by the subscriber.", never());
    expect(await paypal().getSubscription(subscriptionId, never())).toMatchObject({ status: "CANCELLED" });
  });
});

/** Each call of the adapter, ready to be made once. */
const calls: {
  call: keyof PaymentProvider;
  prepare?(): Promise<string>;
  run(signal: AbortSignal, given: string, url?: string): Promise<unknown>;
}[] = [
  { call: "createOrder", run: (signal, _, url = sandbox.url) => paypalAt(url).createOrder(newOrder(), signal) },
  {
    call: "captureOrder",
    prepare: async () => (await approvedOrder()).orderId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).captureOrder(id, `capture-${id}`, signal),
  },
  {
    call: "getOrder",
    prepare: async () => (await approvedOrder()).orderId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).getOrder(id, signal),
  },
  {
    call: "getCapture",
    prepare: async () => (await paid()).captureId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).getCapture(id, signal),
  },
  {
    call: "getRefund",
    prepare: async () => (await refunded((await paid()).captureId, "k")).id,
    run: (signal, id, url = sandbox.url) => paypalAt(url).getRefund(id, signal),
  },
  {
    call: "getDispute",
    prepare: async () => (await sandbox.paypal.dispute(await paid())).disputeId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).getDispute(id, signal),
  },
  {
    call: "refundCapture",
    prepare: async () => (await paid()).captureId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).refundCapture(id, `refund-${id}`, undefined, signal),
  },
  { call: "getPlan", run: (signal, _, url = sandbox.url) => paypalAt(url).getPlan(PLAN, signal) },
  {
    call: "createSubscription",
    run: (signal, _, url = sandbox.url) => paypalAt(url).createSubscription(newSubscription(), signal),
  },
  {
    call: "getSubscription",
    prepare: async () => (await subscribed()).subscriptionId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).getSubscription(id, signal),
  },
  {
    call: "cancelSubscription",
    prepare: async () => (await subscribed()).subscriptionId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).cancelSubscription(id, "It is over.", signal),
  },
  {
    call: "listSales",
    prepare: async () => (await subscribed()).subscriptionId,
    run: (signal, id, url = sandbox.url) => paypalAt(url).listSales(id, new Date(0), new Date(), signal),
  },
];

const faults: { fault: Fault; expected: Outcome }[] = [
  ...[400, 403, 409, 429, 500, 502, 503].map((status) => ({
    fault: { kind: "status" as const, status },
    expected: { kind: "status" as const, status },
  })),
  {
    fault: { kind: "status", status: 429, retryAfter: 7 },
    expected: { kind: "status", status: 429, retryAfterMs: 7_000 },
  },
  { fault: { kind: "html", status: 502 }, expected: { kind: "status", status: 502 } },
  { fault: { kind: "html", status: 404 }, expected: { kind: "status", status: 404 } },
  { fault: { kind: "html" }, expected: { kind: "malformed" } },
  { fault: { kind: "malformed" }, expected: { kind: "malformed" } },
  { fault: { kind: "reset" }, expected: { kind: "reset" } },
  { fault: { kind: "hang" }, expected: "waits" },
  { fault: { kind: "headers-then-hang" }, expected: "waits" },
  { fault: { kind: "delay", delayMs: 20 }, expected: "answers" },
];

/** Aborts with the caller's own reason a moment after `reached` has become true. */
function abortsAfter(reached: () => boolean): AbortSignal {
  const controller = new AbortController();
  const poll = setInterval(() => {
    if (!reached()) return;
    clearInterval(poll);
    setTimeout(() => controller.abort(OURS), 30);
  }, 5);
  return controller.signal;
}

describe.each(calls)("$call", ({ call, prepare, run }) => {
  /** What is needed first, none of it in the log. */
  async function prepared(): Promise<string> {
    const given = (await prepare?.()) ?? "";
    sandbox.reset();
    return given;
  }

  test.each(faults)("$fault: $expected", async ({ fault, expected }) => {
    const given = await prepared();
    sandbox.fail("paypal", { ...fault, path: pathOf(call) });
    const signal = expected === "waits" ? abortsAfter(() => arrived().length > 0) : never();
    expect(await outcomeOf(run(signal, given))).toEqual(expected);
    expect(arrived()).toHaveLength(1);
    if (expected !== "waits") return;
    await expect.poll(() => arrived(), { timeout: 2_000 }).toMatchObject([{ completed: false, closedByClient: true }]);
  });

  test("the same failures while its token is fetched", async () => {
    const given = await prepared();
    for (const { fault, expected } of faults.filter(({ expected }) => expected !== "answers")) {
      sandbox.reset();
      sandbox.fail("paypal", { ...fault, path: "/v1/oauth2/token" });
      const signal = expected === "waits" ? abortsAfter(() => tokenRequests() > 0) : never();
      expect(await outcomeOf(run(signal, given))).toEqual(expected);
      expect(arrived()).toEqual([]);
    }
  });

  test("an aborted signal makes no call; an unreachable provider is a failure to connect", async () => {
    const given = await prepared();
    expect(await rejectionOf(run(AbortSignal.abort(OURS), given))).toBe(OURS);
    await wait(20);
    expect(sandbox.requests("paypal")).toEqual([]);
    expect(await outcomeOf(run(never(), given, deadEnd))).toEqual({ kind: "connect" });
  });

  test("a token that has run out is renewed, once", async () => {
    const given = await prepared();
    sandbox.fail("paypal", { kind: "status", status: 401, path: pathOf(call) });
    expect(await outcomeOf(run(never(), given))).toBe("answers");
    expect(tokenRequests()).toBe(2);
    sandbox.reset();
    sandbox.fail("paypal", { kind: "status", status: 401, path: pathOf(call), times: 9 });
    expect(await outcomeOf(run(never(), given))).toEqual({ kind: "status", status: 401 });
    expect(arrived()).toHaveLength(2);
  });

  test("no failure says a secret", async () => {
    const given = await prepared();
    for (const { fault } of faults.filter(({ expected }) => typeof expected === "object")) {
      for (const path of [pathOf(call), "/v1/oauth2/token"]) {
        sandbox.reset();
        sandbox.fail("paypal", { ...fault, path });
        const text = printed(await rejectionOf(run(never(), given)));
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain(Buffer.from(`contract:${SECRET}`).toString("base64"));
        expect(text).not.toMatch(/A21AA|Bearer|Basic/);
      }
    }
  });
});

/** Where a call goes, as a fault can name it: not the token's address. */
function pathOf(call: keyof PaymentProvider): string {
  if (call === "createOrder" || call === "captureOrder" || call === "getOrder") return "/v2/checkout";
  if (call === "getDispute") return "/v1/customer";
  return /Capture|Refund/.test(call) ? "/v2/payments" : "/v1/billing";
}

describe("an answer that was lost", () => {
  /** Makes the call twice; the first time PayPal does as asked, but the answer never arrives. */
  async function twice<T>(run: (provider: PaymentProvider) => Promise<T>): Promise<T> {
    sandbox.fail("paypal", { kind: "lost-response" });
    expect(await outcomeOf(run(paypal()))).toEqual({ kind: "reset" });
    return run(paypal());
  }

  test("of an order: its repeat finds the order", async () => {
    const order = newOrder();
    const { orderId, approveUrl } = await twice((it) => it.createOrder(order, never()));
    expect(await paypal().createOrder(order, never())).toMatchObject({ orderId, approveUrl });
    await sandbox.paypal.approve({ orderId });
    await captureOf(paypal(), orderId);
    expect(await paypal().createOrder(order, never())).toMatchObject({ orderId, approveUrl: order.returnUrl });
  });

  test.each(["the same key", "another key"])("of a capture: its repeat under %s finds the capture", async (how) => {
    const { orderId } = await approvedOrder();
    let times = 0;
    const captureId = await twice((it) => {
      times += 1;
      return captureOf(it, orderId, how === "the same key" ? "k" : `k${times}`);
    });
    expect(await paypal().getOrder(orderId, never())).toMatchObject({ captureIds: [captureId] });
    const events = await sandbox.paypal.events();
    expect(events.filter(({ event_type }) => event_type.startsWith("PAYMENT.CAPTURE."))).toHaveLength(1);
  });

  test("of a refund: its repeat finds the refund, and the money went back once", async () => {
    const { orderId, captureId } = await paid();
    const part = { amount: 50, currency: "USD" };
    const refund = await twice((it) => it.refundCapture(captureId, "k", part, never()));
    expect(await paypal().getOrder(orderId, never())).toMatchObject({ refundIds: [Reflect.get(refund, "id")] });
    expect(await paypal().getCapture(captureId, never())).toMatchObject({ status: "PARTIALLY_REFUNDED" });
  });

  test("of a subscription: its repeat finds the subscription", async () => {
    const wanted = newSubscription();
    const { subscriptionId } = await twice((it) => it.createSubscription(wanted, never()));
    expect(await paypal().createSubscription(wanted, never())).toMatchObject({ subscriptionId });
  });

  test("of a cancellation: its repeat finds it done", async () => {
    const { subscriptionId } = await subscribed();
    await twice((it) => it.cancelSubscription(subscriptionId, "It is over.", never()));
    expect(await paypal().getSubscription(subscriptionId, never())).toMatchObject({ status: "CANCELLED" });
  });
});

describe("the token", () => {
  test("is fetched once for twenty calls at the same time", async () => {
    const { captureId } = await paid();
    sandbox.reset();
    const provider = paypal();
    await Promise.all(Array.from({ length: 20 }, () => provider.getCapture(captureId, never())));
    expect(tokenRequests()).toBe(1);
    expect(arrived()).toHaveLength(20);
  });

  test("for a wrong secret is a 401", async () => {
    const wrong = paypal({ clientSecret: "invalid" }).getPlan(PLAN, never());
    expect(await outcomeOf(wrong)).toEqual({ kind: "status", status: 401 });
    expect(arrived()).toEqual([]);
  });
});

describe("webhooks", () => {
  test("PayPal tells which are registered, and for which events", async () => {
    expect(await paypal().listWebhooks(never())).toEqual([]);
    const url = "https://inkwell.example.org/api/webhooks/paypal";
    sandbox.paypal.setWebhook({ url, webhookId: "WH-7", eventTypes: ["PAYMENT.CAPTURE.COMPLETED"] });
    expect(await paypal().listWebhooks(never())).toEqual([{ id: "WH-7", url, events: ["PAYMENT.CAPTURE.COMPLETED"] }]);
    sandbox.paypal.setWebhook({});
  });

  const WEBHOOK_ID = "WH-SANDBOX";
  const CERTIFICATE = "/v1/notifications/certs/CERT-SANDBOX.pem";

  const verifier = (options: Partial<PaypalWebhookVerifierOptions> = {}) =>
    createPaypalWebhookVerifier({ webhookId: WEBHOOK_ID, certificateOrigins: [sandbox.url], ...options });

  const asDelivery = ({ headers, body }: { headers: Record<string, string>; body: string }): WebhookDelivery => ({
    headers: new Headers(headers),
    body: Buffer.from(body),
  });

  const EVENT = { id: "WH-1", event_type: "PAYMENT.CAPTURE.COMPLETED", resource: { id: "C1" } };
  const signed = async (changes: Partial<Parameters<Sandbox["paypal"]["sign"]>[0]> = {}) =>
    asDelivery(await sandbox.paypal.sign({ event: EVENT, ...changes }));

  const certificateRequests = () => sandbox.requests("paypal").filter(({ path }) => path === CERTIFICATE).length;

  test("of all that happens are believed, and name what happened", async () => {
    const { captureId } = await paid();
    await sandbox.paypal.refund({ captureId });
    await sandbox.paypal.resolve({ ...(await sandbox.paypal.dispute(await paid())), outcome: "seller" });
    const { subscriptionId } = await subscribed();
    await sandbox.paypal.cancel({ subscriptionId });
    const believed = [];
    const checks = verifier();
    for (const event of await sandbox.paypal.events()) {
      const answer = await checks.verify(asDelivery(event), never());
      if ("refused" in answer) throw new Error(`${event.event_type} was refused: ${answer.refused}`);
      expect(answer).toMatchObject({ id: event.id, type: event.event_type });
      believed.push(answer);
    }
    expect(believed.find(({ type }) => type === "PAYMENT.CAPTURE.COMPLETED")?.resource.id).toBe(captureId);
    expect(believed.find(({ type }) => type === "BILLING.SUBSCRIPTION.CANCELLED")?.resource.id).toBe(subscriptionId);
    expect(new Set(believed.map(({ type }) => type.split(".").slice(0, 2).join(".")))).toEqual(
      new Set(["CHECKOUT.ORDER", "PAYMENT.CAPTURE", "PAYMENT.SALE", "CUSTOMER.DISPUTE", "BILLING.SUBSCRIPTION"]),
    );
    expect(certificateRequests()).toBe(1);
  });

  test("of twenty at the same time fetch one certificate", async () => {
    const checks = verifier();
    const made = await signed();
    const answers = await Promise.all(Array.from({ length: 20 }, () => checks.verify(made, never())));
    for (const answer of answers) expect(answer).toMatchObject({ id: "WH-1" });
    expect(certificateRequests()).toBe(1);
  });

  test("altered by one byte, or meant for another webhook, are refused", async () => {
    const { headers, body } = await signed();
    const altered = Buffer.from(body.toString().replace('"C1"', '"C2"'));
    expect(await verifier().verify({ headers, body: altered }, never())).toEqual({ refused: "signature" });
    const others = await signed({ webhookId: "WH-OTHER" });
    expect(await verifier().verify(others, never())).toEqual({ refused: "signature" });
  });

  test.each<[string, Partial<Parameters<Sandbox["paypal"]["sign"]>[0]>, string]>([
    ["five days old", { time: new Date(Date.now() - 5 * DAY_MS).toISOString() }, "too-old"],
    ["from ten minutes ahead", { time: new Date(Date.now() + 600_000).toISOString() }, "too-old"],
    ["with a certificate elsewhere", { certUrl: `https://api.paypal.com.evil.test${CERTIFICATE}` }, "certificate"],
    ["with PayPal's certificate, here", { certUrl: `https://api.paypal.com${CERTIFICATE}` }, "certificate"],
  ])("%s are refused without fetching anything", async (_, changes, refused) => {
    expect(await verifier().verify(await signed(changes), never())).toEqual({ refused });
    expect(certificateRequests()).toBe(0);
  });

  test("of the sandbox are not believed where PayPal is real", async () => {
    const checks = verifier({ certificateOrigins: ["https://api.paypal.com", "https://api-m.paypal.com"] });
    expect(await checks.verify(await signed(), never())).toEqual({ refused: "certificate" });
    expect(certificateRequests()).toBe(0);
  });

  test("wait for PayPal when the certificate cannot be had", async () => {
    const certUrl = `${deadEnd}/paypal${CERTIFICATE}`;
    const checks = verifier({ certificateOrigins: [deadEnd] });
    expect(await outcomeOf(checks.verify(await signed({ certUrl }), never()))).toEqual({ kind: "connect" });
  });
});
