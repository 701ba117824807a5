import { verify, X509Certificate } from "node:crypto";
import { crc32 } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openInbox, openShop, type Shop } from "./test-kit";

let shop: Shop;
let inbox: Awaited<ReturnType<typeof openInbox>>;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());
beforeEach(async () => {
  inbox = await openInbox();
  shop.sandbox.paypal.setWebhook({ url: inbox.url });
});
afterEach(async () => {
  shop.sandbox.reset();
  await inbox.close();
});

const CAPTURED = ["CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED"];

/** Checks a delivery as an app does: with what it was sent, and the certificate it was pointed to. */
async function isGenuine(headers: Record<string, unknown>, raw: string, webhookId = "WH-SANDBOX") {
  const text = (name: string) => String(headers[`paypal-${name}`]);
  expect([text("auth-algo"), text("auth-version")]).toEqual(["SHA256withRSA", "v2"]);
  const certificate = new X509Certificate(await (await fetch(text("cert-url"))).text());
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  const signed = `${text("transmission-id")}|${text("transmission-time")}|${webhookId}|${crc32(raw)}`;
  return verify("sha256", Buffer.from(signed), certificate.publicKey, Buffer.from(text("transmission-sig"), "base64"));
}

test("what happens is told, signed so that it can be checked", async () => {
  const captureId = await shop.sale("12.00");
  await shop.sandbox.paypal.refund({ captureId, value: "2.00" });
  await shop.sandbox.paypal.settled();
  expect(inbox.types().sort()).toEqual([...CAPTURED, "PAYMENT.CAPTURE.REFUNDED"]);
  for (const { headers, raw } of inbox.received) {
    expect(await isGenuine(headers, raw)).toBe(true);
    expect(await isGenuine(headers, `${raw} `)).toBe(false);
    expect(await isGenuine(headers, raw, "WH-ANOTHER")).toBe(false);
  }
  const refunded = inbox.received.find(({ event }) => event.event_type === "PAYMENT.CAPTURE.REFUNDED");
  expect(refunded?.event).toMatchObject({
    id: expect.stringMatching(/^WH-/),
    event_version: "1.0",
    resource_type: "refund",
    resource: { amount: { value: "2.00" }, links: [{ rel: "self" }, { rel: "up" }] },
  });
});

test("signs what never happened, for another webhook and another time", async () => {
  const time = "2020-01-02T03:04:05.000Z";
  const { headers, body } = await shop.sandbox.paypal.sign({ event: { id: "WH-1" }, webhookId: "WH-2", time });
  expect(headers["paypal-transmission-time"]).toBe(time);
  expect(await isGenuine(headers, body, "WH-2")).toBe(true);
});

test("the certificate is the same after a restart", async () => {
  const read = async () => (await fetch(`${shop.sandbox.url}/paypal/v1/notifications/certs/CERT-SANDBOX.pem`)).text();
  const before = await read();
  await shop.restart();
  expect(await read()).toBe(before);
});

test("comes again, unchanged, until it is accepted", async () => {
  const busy = await openInbox(503);
  shop.sandbox.paypal.setWebhook({ url: busy.url });
  const orderId = await shop.order();
  await shop.sandbox.paypal.approve({ orderId });
  await expect.poll(() => busy.received.length, { timeout: 5_000 }).toBe(2);
  expect(busy.received[1]).toEqual(busy.received[0]);
  await busy.close();
});

test("is kept back on request, and sent later", async () => {
  shop.sandbox.paypal.deliver(false);
  await shop.sale();
  await shop.sandbox.paypal.settled();
  expect(inbox.received).toEqual([]);
  const events = await shop.sandbox.paypal.events();
  expect(events.map(({ event_type }) => event_type)).toEqual(CAPTURED);
  expect(await isGenuine(events[0]?.headers ?? {}, events[0]?.body ?? "")).toBe(true);

  expect(shop.sandbox.paypal.resend()).toEqual({ sent: 2 });
  await shop.sandbox.paypal.settled();
  expect(shop.sandbox.paypal.resend()).toEqual({ sent: 0 });
  expect(shop.sandbox.paypal.resend({ eventId: events[1]?.id })).toEqual({ sent: 1 });
  await shop.sandbox.paypal.settled();
  expect(inbox.received.map(({ event }) => event.id).sort()).toEqual(
    [events[0]?.id, events[1]?.id, events[1]?.id].sort(),
  );
});

describe("faults on the way", () => {
  test("duplicate: twice under one name, once more under another", async () => {
    shop.sandbox.fail("paypal", { kind: "webhook-duplicate", path: "PAYMENT.CAPTURE" });
    await shop.sale();
    await shop.sandbox.paypal.settled();
    const captures = inbox.received.filter(({ event }) => event.event_type === "PAYMENT.CAPTURE.COMPLETED");
    expect(captures).toHaveLength(3);
    expect(new Set(captures.map(({ event }) => event.id)).size).toBe(2);
    expect(new Set(captures.map(({ event }) => event.resource.id)).size).toBe(1);
    expect(new Set(captures.map(({ headers }) => headers["paypal-transmission-id"])).size).toBe(3);
  });

  test("reorder: the next one comes first", async () => {
    shop.sandbox.fail("paypal", { kind: "webhook-reorder" });
    await shop.sale();
    await shop.sandbox.paypal.settled();
    expect(inbox.types()).toEqual(CAPTURED.toReversed());
  });

  test("delay: later than it happened", async () => {
    shop.sandbox.fail("paypal", { kind: "webhook-delay", delayMs: 150 });
    const since = Date.now();
    await shop.sandbox.paypal.approve({ orderId: await shop.order() });
    await shop.sandbox.paypal.settled();
    expect(inbox.types()).toEqual(["CHECKOUT.ORDER.APPROVED"]);
    expect(Date.now() - since).toBeGreaterThanOrEqual(145);
  });

  test("drop: never, unless it is sent again", async () => {
    shop.sandbox.fail("paypal", { kind: "webhook-drop", path: "ORDER.APPROVED" });
    await shop.sale();
    await shop.sandbox.paypal.settled();
    expect(inbox.types()).toEqual(["PAYMENT.CAPTURE.COMPLETED"]);
    shop.sandbox.paypal.resend();
    await shop.sandbox.paypal.settled();
    expect(inbox.types()).toEqual(CAPTURED.toReversed());
  });
});
