import { Account, LedgerEntry, Purchase } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { newRequestId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { getBalance } from "@/server/services/credits/get-balance";
import { bookProblems, newKey, person, sandbox, send } from "../../../../tests/studio";
import {
  approvedOrder,
  auditOf,
  buy,
  deliver,
  messagesAbout,
  movements,
  purchaseOf,
  shuffled,
  underNewId,
} from "../../../../tests/till";
import { captureOrder } from "./capture-order";
import { createOrder } from "./create-order";
import { findProblem } from "./find-problem";
import { getReceipt, listPurchases } from "./list-purchases";
import { settlePurchase } from "./settle-purchase";

beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
});

const balanceOf = async (actor: { user: { id: string } }) => getBalance(actor.user.id);
const captures = () =>
  sandbox()
    .requests("paypal")
    .filter(({ path }) => path.endsWith("/capture"));

describe("buying a pack", () => {
  test("brings its credits at our price, with a receipt", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor, { packId: "20" });
    const bought = await captureOrder(actor, { orderId });
    expect(bought).toMatchObject({ state: "CREDITED", credits: 20, balance: { available: 30, held: 0, owed: 0 } });
    const purchase = await purchaseOf(orderId);
    expect(await movements(purchase)).toEqual([["GRANT", 20]]);
    expect(await bookProblems(actor.user.id)).toEqual([]);
    expect((await listPurchases(actor.user.id, { limit: 20 })).items).toMatchObject([
      { id: purchase._id, state: "CREDITED", credits: 20, price: { amount: 200, currency: "USD" } },
    ]);
    expect(await getReceipt(actor.user.id, purchase._id)).toMatchObject({ orderId, captureId: purchase.captureId });
    await expect(getReceipt((await person()).user.id, purchase._id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("one key makes one purchase and one order, however often and at once", async () => {
    const actor = await person();
    const input = { packId: "10", idempotencyKey: newKey() };
    const orders = await Promise.all(Array.from({ length: 8 }, () => createOrder(actor, input)));
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(1);
    expect(await Purchase.countDocuments({ userId: actor.user.id })).toBe(1);
    await expect(createOrder(actor, { ...input, packId: "50" })).rejects.toMatchObject({
      code: "IDEMPOTENCY_MISMATCH",
    });
    await expect(createOrder(actor, { packId: "7", idempotencyKey: newKey() })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("without agreeing at PayPal charges and brings nothing, and can be agreed to later", async () => {
    const actor = await person();
    const { orderId } = await createOrder(actor, { packId: "10", idempotencyKey: newKey() });
    await expect(captureOrder(actor, { orderId })).rejects.toMatchObject({ code: "PAYMENT_FAILED" });
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREATED" });
    expect((await listPurchases(actor.user.id, { limit: 20 })).items).toEqual([]);
    await sandbox().paypal.approve({ orderId });
    expect(await captureOrder(actor, { orderId })).toMatchObject({ state: "CREDITED", credits: 10 });
  });

  test("a card that is declined charges nothing; another one can be tried", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor, { outcome: "declined" });
    await expect(captureOrder(actor, { orderId })).rejects.toMatchObject({
      code: "PAYMENT_FAILED",
      message: expect.stringContaining("choose another"),
    });
    expect(await balanceOf(actor)).toMatchObject({ available: 10 });
    await sandbox().paypal.approve({ orderId });
    expect(await captureOrder(actor, { orderId })).toMatchObject({ state: "CREDITED", credits: 20 });
    // Under the first attempt's name PayPal would go on declining.
    expect(new Set(captures().map(({ requestId }) => requestId)).size).toBe(2);
  });

  test("a payment under review brings its credits when it is through, and not before", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor, { outcome: "pending" });
    expect(await captureOrder(actor, { orderId })).toMatchObject({ state: "PENDING", credits: 0 });
    expect(await balanceOf(actor)).toMatchObject({ available: 10 });
    const { captureId = "" } = await purchaseOf(orderId);
    await sandbox().paypal.complete({ captureId });
    for (const message of await messagesAbout(captureId, "PAYMENT.CAPTURE.COMPLETED")) await deliver(message);
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
    expect(await balanceOf(actor)).toMatchObject({ available: 30 });
  });

  test("a payment under review that is turned down never does", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor, { outcome: "pending" });
    await captureOrder(actor, { orderId });
    const { captureId = "" } = await purchaseOf(orderId);
    await sandbox().paypal.deny({ captureId });
    for (const message of await messagesAbout(captureId, "PAYMENT.CAPTURE")) await deliver(message);
    const denied = await purchaseOf(orderId);
    expect(denied).toMatchObject({ state: "DENIED" });
    expect(await movements(denied)).toEqual([]);
    expect(await balanceOf(actor)).toMatchObject({ available: 10 });
  });

  test("with the answer to the capture lost is captured once and granted once", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor);
    sandbox().fail("paypal", { kind: "lost-response", path: "/capture" });
    await expect(captureOrder(actor, { orderId })).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CAPTURING" });
    expect(await captureOrder(actor, { orderId })).toMatchObject({ state: "CREDITED", credits: 20 });
    expect(await movements(await purchaseOf(orderId))).toEqual([["GRANT", 20]]);
    // PayPal knows the repeat by its name.
    const [first, second] = captures().map(({ requestId }) => requestId);
    expect(first).toBeDefined();
    expect(second).toBe(first);
  });

  test("with PayPal away says so, and changes nothing", async () => {
    const actor = await person();
    sandbox().fail("paypal", { kind: "status", status: 503, path: "/v2/checkout/orders" });
    await expect(createOrder(actor, { packId: "10", idempotencyKey: newKey() })).rejects.toMatchObject({
      code: "PROVIDER_UNAVAILABLE",
    });
    expect(await balanceOf(actor)).toMatchObject({ available: 10 });
  });
});

describe("one capture, many reports", () => {
  test("10 webhooks and 10 returns at once, under two event ids, in any order: one grant", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor);
    await captureOrder(actor, { orderId });
    const purchase = await purchaseOf(orderId);
    const { captureId = "" } = purchase;
    // Back to the moment at which PayPal had the money and nobody here knew.
    await Promise.all([
      Purchase.updateOne({ _id: purchase._id }, { $set: { state: "CAPTURING" }, $unset: { captureId: 1, paidAt: 1 } }),
      LedgerEntry.deleteOne({ _id: `${captureId}:GRANT` }),
      Account.updateOne({ _id: actor.user.id }, { $pull: { applied: captureId }, $inc: { available: -20, rev: -1 } }),
    ]);
    const [message] = await messagesAbout(captureId, "PAYMENT.CAPTURE.COMPLETED");
    if (!message) throw new Error("PayPal sent no message");
    const again = await underNewId(message);
    const reports = [
      ...Array.from({ length: 5 }, () => () => deliver(message)),
      ...Array.from({ length: 5 }, () => () => deliver(again)),
      ...Array.from({ length: 10 }, () => () => captureOrder(actor, { orderId })),
    ];
    const answers = await Promise.all(shuffled(reports).map((report) => report()));
    expect(answers.filter((answer) => typeof answer === "number")).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await movements(await purchaseOf(orderId))).toEqual([["GRANT", 20]]);
    expect(await balanceOf(actor)).toEqual({ available: 30, held: 0, owed: 0 });
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("the buyer who closes the page right after agreeing gets what was paid for", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor);
    const [approved] = await messagesAbout(orderId, "CHECKOUT.ORDER.APPROVED");
    if (!approved) throw new Error("PayPal sent no message");
    expect(await deliver(approved)).toBe(200);
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
    expect(captures()).toHaveLength(1);
    expect(await balanceOf(actor)).toMatchObject({ available: 30 });
  });

  test("REFUNDED before COMPLETED comes to nothing, and never below it", async () => {
    const actor = await person({ credits: 0 });
    const orderId = await approvedOrder(actor, { outcome: "pending" });
    await captureOrder(actor, { orderId });
    const { captureId = "" } = await purchaseOf(orderId);
    await sandbox().paypal.complete({ captureId });
    await sandbox().paypal.refund({ captureId });
    const messages = await messagesAbout(captureId, "PAYMENT.CAPTURE");
    const refundFirst = messages.toReversed();
    expect(refundFirst[0]?.event_type).toBe("PAYMENT.CAPTURE.REFUNDED");
    for (const message of refundFirst) {
      expect(await deliver(message)).toBe(200);
      expect(await balanceOf(actor)).toEqual({ available: 0, held: 0, owed: 0 });
    }
    const purchase = await purchaseOf(orderId);
    expect(purchase).toMatchObject({ state: "REFUNDED" });
    expect(await movements(purchase)).toEqual([
      ["GRANT", 20],
      ["REFUND", -20],
    ]);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });
});

describe("a payment that is not what was ordered", () => {
  test.each([
    ["wrong-amount", /Paid \$/],
    ["wrong-currency", /Paid in/],
    ["wrong-payee", /another account/],
  ] as const)("%s: nothing is granted, the operator is told, the buyer too", async (kind, says) => {
    const actor = await person();
    const orderId = await approvedOrder(actor);
    sandbox().fail("paypal", { kind });
    await expect(captureOrder(actor, { orderId })).rejects.toMatchObject({
      code: "PAYMENT_FAILED",
      message: expect.stringMatching(says),
    });
    const purchase = await purchaseOf(orderId);
    expect(purchase).toMatchObject({ state: "DENIED", problem: expect.stringMatching(says) });
    expect(await auditOf(purchase._id)).toEqual([expect.stringMatching(/^payment.refused: .*Nothing was granted/)]);
    for (const message of await messagesAbout(purchase.captureId ?? "-")) await deliver(message);
    expect(await movements(purchase)).toEqual([]);
    expect(await balanceOf(actor)).toMatchObject({ available: 10 });
    expect(await auditOf(purchase._id)).toHaveLength(1);
  });

  test("another user's order is not theirs to capture", async () => {
    const [buyer, thief] = [await person(), await person()];
    const orderId = await approvedOrder(buyer);
    await expect(captureOrder(thief, { orderId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const purchase = await purchaseOf(orderId);
    expect(await auditOf(purchase._id)).toEqual([expect.stringContaining("payment.foreign-order")]);
    expect(captures()).toEqual([]);
    expect(await balanceOf(thief)).toMatchObject({ available: 10 });
    expect(await captureOrder(buyer, { orderId })).toMatchObject({ credits: 20 });
  });

  test("a capture of one purchase never pays for another of the same price", async () => {
    const actor = await person();
    const [paid, open] = [await buy(actor, "10"), await approvedOrder(actor, { packId: "10" })];
    const wanted = await purchaseOf(open);
    const forged = { ...wanted, captureId: paid.captureId ?? "" };
    const settled = await settlePurchase(forged, newRequestId(), logger);
    expect(settled.state).not.toBe("CREDITED");
    expect(await movements(wanted)).toEqual([]);
    expect(await balanceOf(actor)).toMatchObject({ available: 20 });
  });

  test("each thing that can differ is enough, and is named", async () => {
    const purchase = { ...(await buy(await person(), "10")), payee: "OUR-ACCOUNT" };
    const { _id: purchaseId, orderId, captureId: id = "", amount, currency } = purchase;
    const price = { amount, currency };
    const asOrdered = {
      id,
      status: "COMPLETED" as const,
      price,
      purchaseId,
      orderId,
      payee: "OUR-ACCOUNT",
      at: new Date(),
    };
    expect(findProblem(purchase, asOrdered)).toBeUndefined();
    const different: [Partial<typeof asOrdered>, RegExp][] = [
      [{ purchaseId: "another" }, /names another purchase/],
      [{ orderId: "another" }, /belongs to another order/],
      [{ price: { amount: amount - 1, currency } }, /Paid \$0\.99, ordered for \$1\.00/],
      [{ price: { amount, currency: "EUR" } }, /Paid in EUR, ordered in USD/],
      [{ payee: "THEIR-ACCOUNT" }, /went to another account/],
    ];
    for (const [difference, says] of different) {
      expect(findProblem(purchase, { ...asOrdered, ...difference })).toMatch(says);
    }
    expect(findProblem(purchase, { ...asOrdered, price: undefined })).toMatch(/no amount we can read/);
    expect(findProblem(purchase, { ...asOrdered, purchaseId: undefined })).toMatch(/names another purchase/);
  });
});

describe("money that goes back", () => {
  const refundAll = async (captureId: string, value?: string) => {
    await sandbox().paypal.refund({ captureId, ...(value && { value }) });
    for (const message of await messagesAbout(captureId, "PAYMENT.CAPTURE.REFUNDED")) await deliver(message);
  };

  test("takes its part of the credits, cent by cent, once", async () => {
    const actor = await person();
    const purchase = await buy(actor, "20");
    const { captureId = "" } = purchase;
    await refundAll(captureId, "0.55");
    expect(await purchaseOf(purchase.orderId ?? "")).toMatchObject({ state: "PARTIALLY_REFUNDED" });
    expect(await balanceOf(actor)).toMatchObject({ available: 25 });
    await refundAll(captureId, "0.40");
    expect(await balanceOf(actor)).toMatchObject({ available: 21 });
    await refundAll(captureId);
    expect(await balanceOf(actor)).toEqual({ available: 10, held: 0, owed: 0 });
    expect(await purchaseOf(purchase.orderId ?? "")).toMatchObject({ state: "REFUNDED" });
    expect(await movements(purchase)).toEqual([
      ["GRANT", 20],
      ["REFUND", -5],
      ["REFUND", -4],
      ["REFUND", -11],
    ]);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("of credits already spent is owed, and repaid out of the next", async () => {
    const actor = await person({ credits: 0 });
    const purchase = await buy(actor, "10");
    for (let spent = 0; spent < 8; spent += 1) await send(actor);
    await refundAll(purchase.captureId ?? "");
    expect(await balanceOf(actor)).toEqual({ available: 0, held: 0, owed: 8 });
    await buy(actor, "20");
    expect(await balanceOf(actor)).toEqual({ available: 12, held: 0, owed: 0 });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("while credits are being spent is taken or owed to the last one", async () => {
    const actor = await person({ credits: 0 });
    const purchase = await buy(actor, "20");
    await Promise.all([...Array.from({ length: 12 }, () => send(actor)), refundAll(purchase.captureId ?? "")]);
    const { available, held, owed } = await balanceOf(actor);
    const spent = await LedgerEntry.countDocuments({ userId: actor.user.id, type: "CAPTURE" });
    expect(held).toBe(0);
    expect(available - owed).toBe(-spent);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });
});
