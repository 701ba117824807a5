import { Purchase, WebhookEvent } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { logger } from "@/server/lib/logger";
import { getBalance } from "@/server/services/credits/get-balance";
import { captureOrder } from "@/server/services/payments/capture-order";
import { createOrder } from "@/server/services/payments/create-order";
import { bookProblems, newKey, person, sandbox } from "../../../../tests/studio";
import { approvedOrder, deliver, messagesAbout, movements, purchaseOf } from "../../../../tests/till";
import { sweepPayments } from "./sweep-payments";

beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
});

const LONG_AGO = new Date(0);
const due = (orderId: string, fields: object = {}) =>
  Purchase.updateOne({ orderId }, { $set: { checkAt: LONG_AGO, ...fields } });
const sweep = () => sweepPayments(logger);

describe("a purchase left in the middle", () => {
  test("captured at PayPal, with the answer lost: granted, once, however many sweep", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor);
    sandbox().fail("paypal", { kind: "lost-response", path: "/capture" });
    await expect(captureOrder(actor, { orderId })).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    await sweep();
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CAPTURING" });
    await due(orderId);
    await Promise.all([sweep(), sweep(), sweep(), sweep()]);
    const purchase = await purchaseOf(orderId);
    expect(purchase).toMatchObject({ state: "CREDITED" });
    expect(purchase.checkAt).toBeUndefined();
    expect(await movements(purchase)).toEqual([["GRANT", 20]]);
    expect(await getBalance(actor.user.id)).toEqual({ available: 30, held: 0, owed: 0 });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("agreed to, and never captured by anybody: captured and granted", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor);
    await due(orderId);
    await sweep();
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
  });

  test("never agreed to: asked after again, given up after three hours, and taken up if it is paid after all", async () => {
    const actor = await person();
    const { orderId } = await createOrder(actor, { packId: "10", idempotencyKey: newKey() });
    await due(orderId);
    await sweep();
    const waiting = await purchaseOf(orderId);
    expect(waiting).toMatchObject({ state: "CREATED" });
    expect(waiting.checkAt?.getTime()).toBeGreaterThan(Date.now());
    await due(orderId, { createdAt: new Date(Date.now() - 3 * 3_600_000) });
    await sweep();
    const given = await purchaseOf(orderId);
    expect(given).toMatchObject({ state: "ABANDONED" });
    expect(given.checkAt).toBeUndefined();
    await sandbox().paypal.approve({ orderId });
    expect(await captureOrder(actor, { orderId })).toMatchObject({ state: "CREDITED", credits: 10 });
  });

  test("declined, and never tried again by its buyer: given up after three hours as well", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor, { outcome: "declined" });
    await due(orderId);
    await sweep();
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREATED", attempts: 1 });
    await due(orderId, { createdAt: new Date(Date.now() - 3 * 3_600_000) });
    await sweep();
    const given = await purchaseOf(orderId);
    expect(given).toMatchObject({ state: "ABANDONED" });
    expect(given.checkAt).toBeUndefined();
    await sandbox().paypal.approve({ orderId });
    expect(await captureOrder(actor, { orderId })).toMatchObject({ state: "CREDITED" });
  });

  test("under review: asked after with growing pauses until it is through", async () => {
    const actor = await person();
    const orderId = await approvedOrder(actor, { outcome: "pending" });
    await captureOrder(actor, { orderId });
    const pauses: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const { checkAt } = await purchaseOf(orderId);
      pauses.push((checkAt?.getTime() ?? 0) - Date.now());
      await due(orderId);
      await sweep();
    }
    expect(pauses.toSorted((a, b) => a - b)).toEqual(pauses);
    expect((pauses[2] ?? 0) / (pauses[0] ?? 1)).toBeGreaterThan(3);
    await sandbox().paypal.complete({ captureId: (await purchaseOf(orderId)).captureId ?? "" });
    await due(orderId);
    await sweep();
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
  });

  test("with PayPal away stays open, and does not hold up the rest", async () => {
    const actor = await person();
    const [stuck, fine] = [await approvedOrder(actor), await approvedOrder(actor, { packId: "10" })];
    await due(stuck);
    await due(fine, { checkAt: new Date(1) });
    sandbox().fail("paypal", { kind: "status", status: 500, path: stuck });
    await sweep();
    expect(await purchaseOf(stuck)).toMatchObject({ state: "CREATED" });
    expect(await purchaseOf(fine)).toMatchObject({ state: "CREDITED" });
    await due(stuck);
    await sweep();
    expect(await purchaseOf(stuck)).toMatchObject({ state: "CREDITED" });
  });
});

test("a message that could not be acted on is tried again", async () => {
  const actor = await person();
  const orderId = await approvedOrder(actor);
  const [message] = await messagesAbout(orderId, "CHECKOUT.ORDER.APPROVED");
  if (!message) throw new Error("PayPal sent no message");
  sandbox().fail("paypal", { kind: "reset", times: 4, path: "/v2/" });
  expect(await deliver(message)).toBe(200);
  sandbox().reset();
  const { id } = JSON.parse(message.body);
  await WebhookEvent.updateOne({ _id: id }, { $set: { checkAt: LONG_AGO } });
  await sweep();
  expect(await WebhookEvent.findById(id).lean()).toMatchObject({ state: "DONE" });
  expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
});
