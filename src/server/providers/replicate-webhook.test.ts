import { createHmac, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createReplicateWebhookVerifier } from "./verify-replicate-webhook";

const SECRET = `whsec_${randomBytes(32).toString("base64")}`;
const NOW = Date.parse("2026-03-01T12:00:00Z");
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const BODY = JSON.stringify({
  id: "ufawqhfynnddngldkgtslldrkq",
  status: "succeeded",
  output: ["https://x/out-0.webp"],
});
const NOTICE = { predictionId: "ufawqhfynnddngldkgtslldrkq" };

interface Making {
  body?: string | Buffer;
  id?: string;
  at?: number;
  secret?: string;
}

/** What the documentation says Replicate signs, without the SDK. */
function signatureOf({ body = BODY, id = "msg_1", at = NOW, secret = SECRET }: Making): string {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const hmac = createHmac("sha256", key).update(`${id}.${Math.floor(at / SECOND_MS)}.`);
  return `v1,${hmac.update(body).digest("base64")}`;
}

function delivery(making: Making = {}, headers: Record<string, string> = {}) {
  const { body = BODY, id = "msg_1", at = NOW } = making;
  return {
    body: Buffer.from(body),
    headers: new Headers({
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at / SECOND_MS)),
      "webhook-signature": signatureOf(making),
      ...headers,
    }),
  };
}

const verify = (made = delivery(), secret: string | undefined = SECRET) =>
  createReplicateWebhookVerifier({ secret, now: () => NOW }).verify(made);

describe("what is believed", () => {
  test("a genuine message, and of it the prediction's id alone", async () => {
    expect(await verify()).toEqual(NOTICE);
  });

  test("one of five minutes ago, and one from a clock a minute ahead", async () => {
    expect(await verify(delivery({ at: NOW - 5 * MINUTE_MS }))).toEqual(NOTICE);
    expect(await verify(delivery({ at: NOW + MINUTE_MS }))).toEqual(NOTICE);
  });

  test("one of several signatures, as while a secret is being changed", async () => {
    const other = signatureOf({ secret: `whsec_${randomBytes(32).toString("base64")}` });
    const both = { "webhook-signature": `${other} ${signatureOf({})}` };
    expect(await verify(delivery({}, both))).toEqual(NOTICE);
    expect(await verify(delivery({}, { "webhook-signature": `${other} ${other}` }))).toEqual({ refused: "signature" });
  });

  test("a body in any writing: its bytes are what was signed", async () => {
    const body = `{ "input":{"prompt":"un café ✓"},\r\n "id":"abc" }`;
    expect(await verify(delivery({ body }))).toEqual({ predictionId: "abc" });
  });
});

describe("what is not", () => {
  test("a body altered by one character, a space or a byte order mark", async () => {
    const { headers } = delivery();
    for (const body of [BODY.replace("succeeded", "succeedec"), `${BODY} `, `\ufeff${BODY}`]) {
      expect(await verify({ headers, body: Buffer.from(body) })).toEqual({ refused: "signature" });
    }
  });

  test("another id or another time than was signed", async () => {
    expect(await verify(delivery({}, { "webhook-id": "msg_2" }))).toEqual({ refused: "signature" });
    const later = String(NOW / SECOND_MS + 1);
    expect(await verify(delivery({}, { "webhook-timestamp": later }))).toEqual({ refused: "signature" });
  });

  test("one that is older, or from further in the future", async () => {
    expect(await verify(delivery({ at: NOW - 5 * MINUTE_MS - SECOND_MS }))).toEqual({ refused: "too-old" });
    expect(await verify(delivery({ at: NOW + MINUTE_MS + SECOND_MS }))).toEqual({ refused: "too-old" });
  });

  test("one signed with another secret, and any when there is none", async () => {
    const secret = `whsec_${randomBytes(32).toString("base64")}`;
    expect(await verify(delivery({ secret }))).toEqual({ refused: "signature" });
    const none = createReplicateWebhookVerifier({ secret: undefined, now: () => NOW });
    expect(await none.verify(delivery())).toEqual({ refused: "signature" });
  });

  test.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("one without %s", async (name) => {
    const made = delivery();
    made.headers.delete(name);
    expect(await verify(made)).toEqual({ refused: "unsigned" });
  });

  test.each(["soon", "1e9", "-1", "1772366400.5", "99999999999999"])("a time like %s", async (time) => {
    expect(await verify(delivery({}, { "webhook-timestamp": time }))).toEqual({ refused: "unsigned" });
  });

  test.each(["", "v1,", "v1", ",", " , "])("a signature like %j", async (signature) => {
    const said = await verify(delivery({}, { "webhook-signature": signature }));
    expect(said).toEqual({ refused: expect.stringMatching(/^(unsigned|signature)$/) });
  });

  test.each([
    ["nothing", ""],
    ["no text", Buffer.from([0x7b, 0xff, 0x7d])],
    ["no JSON", "{"],
    ["no object", "[]"],
    ["a prediction without a name", "{}"],
    ["a name that leads elsewhere", '{"id":"../account"}'],
    ["a query for a name", '{"id":{"$ne":""}}'],
  ])("a signed body that is %s", async (_, body) => {
    expect(await verify(delivery({ body }))).toEqual({ refused: "malformed" });
  });
});
