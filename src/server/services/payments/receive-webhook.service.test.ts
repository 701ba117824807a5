import { AuditEntry, LedgerEntry, Purchase, WebhookEvent } from "@models";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { newKey, person, sandbox } from "../../../../tests/studio";
import { approvedOrder, deliver, messagesAbout, purchaseOf } from "../../../../tests/till";

beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
});

/** A genuine message about a payment nobody here has heard of yet. */
async function genuine() {
  const actor = await person();
  const orderId = await approvedOrder(actor);
  const [message] = await messagesAbout(orderId, "CHECKOUT.ORDER.APPROVED");
  if (!message) throw new Error("PayPal sent no message");
  return { message, orderId };
}

const event = (fields: object = {}) => ({
  id: `WH-${newKey()}`,
  event_type: "CHECKOUT.ORDER.APPROVED",
  resource: { id: "ORDER-OF-NOBODY" },
  ...fields,
});
const DAY_MS = 86_400_000;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
const without = (headers: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key.toLowerCase() !== name));

const everything = async () =>
  JSON.stringify(
    await Promise.all([
      WebhookEvent.find().lean(),
      Purchase.find().lean(),
      LedgerEntry.find().lean(),
      AuditEntry.find().lean(),
    ]),
  );

type Forgery = [string, () => Promise<{ headers: Record<string, string>; body: string }>];

describe("a message PayPal did not send to this webhook", () => {
  const plainly: Forgery[] = [
    ["unsigned", async () => ({ headers: {}, body: (await genuine()).message.body })],
    [
      "without its signature",
      async () => {
        const { message } = await genuine();
        return { ...message, headers: without(message.headers, "paypal-transmission-sig") };
      },
    ],
    ["older than PayPal's own retries", () => sandbox().paypal.sign({ event: event(), time: ago(4.1 * DAY_MS) })],
    ["from the future", () => sandbox().paypal.sign({ event: event(), time: ago(-3_600_000) })],
    [
      "with a certificate elsewhere",
      () =>
        sandbox().paypal.sign({
          event: event(),
          certUrl: "https://evil.example/paypal/v1/notifications/certs/CERT.pem",
        }),
    ],
    [
      "with a certificate at an address that looks like PayPal's",
      () =>
        sandbox().paypal.sign({
          event: event(),
          certUrl: "https://api.paypal.com.evil.example/v1/notifications/certs/CERT.pem",
        }),
    ],
    ["that is no event", () => sandbox().paypal.sign({ event: { hello: "there" } })],
  ];
  /** Only PayPal's own certificate shows what is wrong with these. */
  const byItsSignature: Forgery[] = [
    [
      "altered by one character",
      async () => {
        const { message } = await genuine();
        return { ...message, body: message.body.replace("CHECKOUT", "CHECKOUt") };
      },
    ],
    ["signed for another webhook", () => sandbox().paypal.sign({ event: event(), webhookId: "WH-ELSEWHERE" })],
  ];

  /** Brings it to the webhook, which must refuse it and change nothing. @returns the addresses it made us fetch */
  async function refused(forge: Forgery[1]): Promise<string[]> {
    const message = await forge();
    const before = await everything();
    const fetching = vi.spyOn(globalThis, "fetch");
    try {
      const status = await deliver(message);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(await everything()).toBe(before);
      return fetching.mock.calls.map(([address]) => String(address));
    } finally {
      fetching.mockRestore();
    }
  }

  test.each(plainly)("%s: 4xx, nothing fetched, nothing changed", async (_, forge) => {
    expect(await refused(forge)).toEqual([]);
  });

  test.each(byItsSignature)("%s: 4xx, nothing fetched but PayPal's certificate, nothing changed", async (_, forge) => {
    const ours = `${sandbox().url}/paypal/v1/notifications/certs/`;
    expect((await refused(forge)).filter((address) => !address.startsWith(ours))).toEqual([]);
  });

  test("too large to be one: 413", async () => {
    expect(await deliver({ headers: {}, body: "x".repeat(1_000_001) })).toBe(413);
  });
});

describe("a genuine message", () => {
  test("is kept and acted on once, however often it comes", async () => {
    const { message, orderId } = await genuine();
    const answers = await Promise.all(Array.from({ length: 6 }, () => deliver(message)));
    expect(answers).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
    const { id } = JSON.parse(message.body);
    expect(await WebhookEvent.findById(id).lean()).toMatchObject({ state: "DONE", raw: message.body });
    const calls = sandbox().requests("paypal").length;
    expect(await deliver(message)).toBe(200);
    expect(sandbox().requests("paypal")).toHaveLength(calls);
  });

  test("about something we know nothing of, or of a kind that means nothing here, is accepted", async () => {
    for (const made of [event(), event({ event_type: "VAULT.PAYMENT-TOKEN.CREATED" })]) {
      expect(await deliver(await sandbox().paypal.sign({ event: made }))).toBe(200);
    }
  });

  test("is accepted while PayPal cannot be asked, and acted on later", async () => {
    const { message, orderId } = await genuine();
    sandbox().fail("paypal", { kind: "status", status: 503, times: 5, path: "/v2/" });
    expect(await deliver(message)).toBe(200);
    const { id } = JSON.parse(message.body);
    expect(await WebhookEvent.findById(id).lean()).toMatchObject({ state: "RECEIVED", attempts: 1 });
    sandbox().reset();
    expect(await deliver(message)).toBe(200);
    expect(await purchaseOf(orderId)).toMatchObject({ state: "CREDITED" });
  });
});
