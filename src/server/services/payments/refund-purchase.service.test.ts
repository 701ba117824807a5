import { AuditEntry, Purchase, type PurchaseDoc, Subscription, User } from "@models";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { logger } from "@/server/lib/logger";
import { adjustCredits } from "@/server/services/credits/adjust-credits";
import { getBalance } from "@/server/services/credits/get-balance";
import { reconcile } from "@/server/services/credits/reconcile";
import { sweepPayments } from "@/server/services/sweep/sweep-payments";
import { bookProblems, newKey, person, sandbox } from "../../../../tests/studio";
import { approvedOrder, buy, deliver, messagesAbout, movements, purchaseOf } from "../../../../tests/till";
import { captureOrder } from "./capture-order";
import { confirmSubscription } from "./get-subscription";
import { refundPurchase } from "./refund-purchase";
import { subscribe } from "./subscribe";

beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
});

const admin = () => person({ role: "ADMIN" });

interface Sale {
  buyer: Actor;
  purchase: PurchaseDoc;
  boss: Actor;
}

/** 20 credits bought for 2.00 by somebody who had so many, and an operator. */
async function sale(credits = 10): Promise<Sale> {
  const [buyer, boss] = [await person({ credits }), await admin()];
  return { buyer, boss, purchase: await buy(buyer, "20") };
}

const refund = (
  { boss, purchase }: Pick<Sale, "boss" | "purchase">,
  fields: { amount?: number; idempotencyKey?: string } = {},
) => refundPurchase(boss, { purchaseId: purchase._id, reason: "Bought twice", idempotencyKey: newKey(), ...fields });

const read = async ({ _id }: PurchaseDoc) => {
  const purchase = await Purchase.findById(_id).lean();
  if (!purchase) throw new Error(`no purchase ${_id}`);
  return purchase;
};

/** The refunds PayPal was asked for. */
const asked = () =>
  sandbox()
    .requests("paypal")
    .filter(({ path }) => path.endsWith("/refund"));

/** Everything PayPal has to tell of a payment comes, the refunds' messages among them. */
async function tellAll({ captureId = "" }: PurchaseDoc): Promise<void> {
  for (const message of await messagesAbout(captureId)) expect(await deliver(message)).toBe(200);
}

/** As if the time had come to look at it again. */
async function sweep({ _id }: PurchaseDoc): Promise<void> {
  await Purchase.updateOne({ _id }, { $set: { checkAt: new Date(0) } });
  await sweepPayments(logger);
}

const auditOf = ({ _id }: PurchaseDoc) =>
  AuditEntry.find({ subject: _id, action: "payment.refund" }).sort({ at: 1 }).lean();
const GRANT = ["GRANT", 20];

describe("a refund from the panel", () => {
  test("gives all of it back at PayPal, takes its credits, and stands in the audit log", async () => {
    const it = await sale();
    expect(await refund(it)).toMatchObject({
      state: "REFUNDED",
      refunded: { amount: 200, currency: "USD" },
      creditsTakenBack: 20,
      refundable: 0,
      refunding: 0,
      user: { id: it.buyer.user.id, email: expect.stringContaining("@") },
    });
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -20]]);
    expect(await getBalance(it.buyer.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
    expect(await auditOf(it.purchase)).toMatchObject([
      {
        actor: it.boss.user.id,
        note: "Bought twice",
        requestId: it.boss.requestId,
        before: { state: "CREDITED", refunded: 0 },
        after: { state: "REFUNDED", refunded: 200, asked: null },
      },
    ]);
    expect(await bookProblems(it.buyer.user.id)).toEqual([]);
    expect((await reconcile()).problems).toEqual([]);
  });

  test("of a part takes its part of the credits, until nothing is left", async () => {
    const it = await sale();
    expect(await refund(it, { amount: 50 })).toMatchObject({
      state: "PARTIALLY_REFUNDED",
      refundable: 150,
      creditsTakenBack: 5,
    });
    await expect(refund(it, { amount: 151 })).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { amount: ["Only $1.50 is left to refund."] },
    });
    expect(await refund(it)).toMatchObject({ state: "REFUNDED", refundable: 0, creditsTakenBack: 20 });
    await expect(refund(it)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("already") });
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -5], ["REFUND", -15]]);
    expect((await auditOf(it.purchase)).map(({ before, after }) => [before, after])).toMatchObject([
      [{ refunded: 0 }, { refunded: 50, asked: 50 }],
      [{ refunded: 50 }, { refunded: 200, asked: null }],
    ]);
  });

  test("of credits that are spent leaves them owed", async () => {
    const it = await sale(0);
    const { user } = it.buyer;
    await adjustCredits(it.boss, { userId: user.id, amount: -15, reason: "Spent", idempotencyKey: newKey() });
    await refund(it);
    expect(await getBalance(user.id)).toEqual({ available: 0, held: 0, owed: 15 });
    expect(await bookProblems(user.id)).toEqual([]);
  });

  test("and PayPal's own message of it are one refund, in whatever order, and at once", async () => {
    const it = await sale();
    await refund(it, { amount: 100 });
    await tellAll(it.purchase);
    await tellAll(it.purchase);
    const other = refund(it, { amount: 60 });
    await Promise.all([other, ...Array.from({ length: 5 }, () => other.then(() => tellAll(it.purchase)))]);
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -10], ["REFUND", -6]]);
    expect(await bookProblems(it.buyer.user.id)).toEqual([]);
  });

  test("clicked five times at once is made once", async () => {
    const it = await sale();
    const key = { amount: 40, idempotencyKey: newKey() };
    const views = await Promise.all(Array.from({ length: 5 }, () => refund(it, key)));
    expect(new Set(views.map(({ refunded }) => refunded.amount))).toEqual(new Set([40]));
    expect(await refund(it, key)).toMatchObject({ refunded: { amount: 40 } });
    expect((await read(it.purchase)).refunds).toHaveLength(1);
    const told = await messagesAbout(it.purchase.captureId ?? "", "PAYMENT.CAPTURE.REFUNDED");
    expect(told).toHaveLength(1);
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -4]]);
    expect(await auditOf(it.purchase)).toHaveLength(1);
    await expect(refund(it, { ...key, amount: 60 })).rejects.toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
    await expect(refund(it, { idempotencyKey: key.idempotencyKey })).rejects.toMatchObject({
      code: "IDEMPOTENCY_MISMATCH",
    });
  });

  test("by two operators at once is made once; the other is told to wait", async () => {
    const it = await sale();
    const second = await admin();
    const results = await Promise.allSettled([refund(it), refund({ ...it, boss: second })]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -20]]);
  });

  test("of a subscription's payment takes its credits, and the role it paid for", async () => {
    const [buyer, boss] = [await person({ credits: 0 }), await admin()];
    const { subscriptionId } = await subscribe(buyer, { idempotencyKey: newKey() });
    await sandbox().paypal.approve({ subscriptionId });
    await confirmSubscription(buyer, subscriptionId);
    const [purchase] = await Purchase.find({ subscriptionId }).lean();
    if (!purchase) throw new Error("nothing was paid");
    await sandbox().paypal.cancel({ subscriptionId });
    expect(await refund({ boss, purchase })).toMatchObject({ state: "REFUNDED", kind: "subscription" });
    expect(await User.findById(buyer.user.id).lean()).toMatchObject({ role: "USER" });
    await tellAll(purchase);
    expect((await movements(purchase)).map(([type]) => type)).toEqual(["GRANT", "REFUND"]);
    expect(await Subscription.findById(subscriptionId).lean()).toMatchObject({ roleGiven: false });
  });
});

describe("a refund whose answer was lost", () => {
  const lose = () => sandbox().fail("paypal", { kind: "lost-response", path: "/refund" });
  const unsure = { code: "PROVIDER_UNAVAILABLE", message: expect.stringContaining("has not said") };

  test("says so, and is made good by a repeat, once", async () => {
    const it = await sale();
    const key = { idempotencyKey: newKey() };
    lose();
    await expect(refund(it, key)).rejects.toMatchObject(unsure);
    expect(await movements(it.purchase)).toEqual([GRANT]);
    expect(await refund(it, key)).toMatchObject({ state: "REFUNDED", refunded: { amount: 200 } });
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -20]]);
  });

  test("is made good by the sweep, and audited for the operator who wanted it", async () => {
    const it = await sale();
    lose();
    await expect(refund(it, { amount: 100 })).rejects.toMatchObject(unsure);
    await expect(refund(it)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("on its way"),
    });
    await sweep(it.purchase);
    expect(await read(it.purchase)).toMatchObject({ state: "PARTIALLY_REFUNDED", refunds: [{ amount: 100 }] });
    expect(await auditOf(it.purchase)).toMatchObject([{ actor: it.boss.user.id, requestId: it.boss.requestId }]);
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -10]]);
    await sweep(it.purchase);
    expect((await read(it.purchase)).checkAt).toBeUndefined();
  });

  test("and of which PayPal's message comes first is one refund too", async () => {
    const it = await sale();
    const key = { amount: 100, idempotencyKey: newKey() };
    lose();
    await expect(refund(it, key)).rejects.toMatchObject(unsure);
    await tellAll(it.purchase);
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -10]]);
    expect((await read(it.purchase)).checkAt).toBeDefined();
    expect(await refund(it, key)).toMatchObject({ refunded: { amount: 100 }, refunding: 0, refundable: 100 });
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -10]]);
    expect(await auditOf(it.purchase)).toMatchObject([{ before: { refunded: 0 }, after: { refunded: 100 } }]);
  });

  test("because PayPal was away and never heard of it is asked for again, and made once", async () => {
    const it = await sale();
    sandbox().fail("paypal", { kind: "status", status: 503, path: "/refund" });
    await expect(refund(it)).rejects.toMatchObject(unsure);
    await sweep(it.purchase);
    expect(await read(it.purchase)).toMatchObject({ state: "REFUNDED" });
  });

  test.each([
    ["the fact was written down", () => vi.spyOn(Purchase, "addFacts")],
    ["the credits were taken", () => vi.spyOn(Purchase, "moveTo")],
    ["it was audited", () => vi.spyOn(AuditEntry, "insertOne")],
    ["it was closed", () => vi.spyOn(Purchase, "closeRefund")],
  ])("in a crash before %s is made good by the sweep", async (_, place) => {
    const it = await sale();
    const key = { idempotencyKey: newKey() };
    let crash: ReturnType<typeof place> | undefined;
    const original = Purchase.openRefund.bind(Purchase);
    const decided = vi.spyOn(Purchase, "openRefund").mockImplementation(async (...args) => {
      const done = await original(...args);
      crash = place();
      crash.mockRejectedValue(new Error("the process is gone") as never);
      return done;
    });
    await expect(refund(it, key)).rejects.toMatchObject({ code: "INTERNAL" });
    decided.mockRestore();
    crash?.mockRestore();
    await sweep(it.purchase);
    expect(await read(it.purchase)).toMatchObject({ state: "REFUNDED", refunds: [{ amount: 200 }] });
    expect((await read(it.purchase)).openRefund).toBeUndefined();
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -20]]);
    expect(await auditOf(it.purchase)).toHaveLength(1);
    expect(await bookProblems(it.buyer.user.id)).toEqual([]);
    expect(await refund(it, key)).toMatchObject({ state: "REFUNDED" });
  });
});

describe("a refund PayPal takes its time with", () => {
  async function underWay() {
    const it = await sale();
    sandbox().fail("paypal", { kind: "refund-pending" });
    const view = await refund(it);
    return { ...it, view, refundId: (await read(it.purchase)).openRefund?.refundId ?? "" };
  }

  test("is shown as on its way, and takes the credits when it is there", async () => {
    const { view, purchase, refundId } = await underWay();
    expect(view).toMatchObject({ state: "CREDITED", refunding: 200, refundable: 0, creditsTakenBack: 0 });
    await sweep(purchase);
    expect(await movements(purchase)).toEqual([GRANT]);
    await sandbox().paypal.endRefund({ refundId, outcome: "completed" });
    await sweep(purchase);
    expect(await read(purchase)).toMatchObject({ state: "REFUNDED" });
    expect(await movements(purchase)).toEqual([GRANT, ["REFUND", -20]]);
    expect(asked()).toHaveLength(1);
  });

  test("and that comes to nothing leaves everything as it was", async () => {
    const { boss, purchase, refundId } = await underWay();
    await sandbox().paypal.endRefund({ refundId, outcome: "failed" });
    await sweep(purchase);
    expect(await read(purchase)).toMatchObject({ state: "CREDITED", refunds: [] });
    expect((await read(purchase)).openRefund).toBeUndefined();
    expect(await refund({ boss, purchase }, { amount: 20 })).toMatchObject({ refundable: 180 });
  });
});

describe("nothing is given back", () => {
  const nothing = async (it: Sale, credits = 20) => {
    expect((await read(it.purchase)).openRefund).toBeUndefined();
    expect(await movements(it.purchase)).toEqual(credits > 0 ? [["GRANT", credits]] : []);
    expect(await auditOf(it.purchase)).toEqual([]);
  };

  test("when PayPal refuses; the operator reads why, and can try again under the same key", async () => {
    const it = await sale();
    const key = { idempotencyKey: newKey() };
    sandbox().fail("paypal", { kind: "refund-refused" });
    await expect(refund(it, key)).rejects.toMatchObject({
      code: "PAYMENT_FAILED",
      message: expect.stringContaining("balance"),
    });
    await nothing(it);
    expect(await refund(it, key)).toMatchObject({ state: "REFUNDED" });
  });

  test("twice: what was refunded at PayPal is found first", async () => {
    const it = await sale();
    await sandbox().paypal.refund({ captureId: it.purchase.captureId ?? "", value: "1.50" });
    await expect(refund(it, { amount: 100 })).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { amount: ["Only $0.50 is left to refund."] },
    });
    expect(await refund(it)).toMatchObject({ state: "REFUNDED", refunded: { amount: 200 } });
    expect(await movements(it.purchase)).toEqual([GRANT, ["REFUND", -15], ["REFUND", -5]]);
  });

  test("for an order nobody paid, or a payment under review", async () => {
    const [buyer, boss] = [await person(), await admin()];
    const orderId = await approvedOrder(buyer, { outcome: "pending" });
    const ordered = { buyer, boss, purchase: await purchaseOf(orderId) };
    await expect(refund(ordered)).rejects.toMatchObject({ code: "CONFLICT" });
    await captureOrder(buyer, { orderId });
    const pending = { buyer, boss, purchase: await purchaseOf(orderId) };
    await expect(refund(pending)).rejects.toMatchObject({ code: "CONFLICT" });
    await nothing(pending, 0);
    expect(asked()).toEqual([]);
  });

  test("while somebody disputes the payment", async () => {
    const it = await sale();
    await sandbox().paypal.dispute({ captureId: it.purchase.captureId ?? "" });
    await expect(refund(it, { amount: 50 })).rejects.toMatchObject({ code: "PAYMENT_FAILED" });
    await nothing(it);
    for (const message of await messagesAbout(it.purchase.captureId ?? "", "CUSTOMER.DISPUTE")) await deliver(message);
    await expect(refund(it)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("disputes") });
  });

  test("of play money with real keys, or the other way round", async () => {
    const it = await sale();
    await Purchase.updateOne({ _id: it.purchase._id }, { $set: { sandbox: false } });
    await expect(refund(it)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("real money"),
    });
    await nothing(it);
  });

  test("when PayPal cannot even be asked what is left, and the operator is told so", async () => {
    const it = await sale();
    sandbox().fail("paypal", { kind: "status", status: 503, path: "/v2/payments/captures" });
    await expect(refund(it)).rejects.toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
      message: expect.stringContaining("Nothing was refunded"),
    });
    await nothing(it);
  });

  test("for a payment there is not", async () => {
    const boss = await admin();
    const nowhere = { purchaseId: "nothing", reason: "Bought twice", idempotencyKey: newKey() };
    await expect(refundPurchase(boss, nowhere)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
