import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { rejectionOf } from "../../../tests/rejection-of";
import { selfSign } from "../../sandbox/paypal/certificate";
import { ProviderError } from "./provider-error";
import { createPaypalWebhookVerifier, type PaypalWebhookVerifierOptions } from "./verify-paypal-webhook";

const WEBHOOK_ID = "5GP028458E2496506";
const LIVE = "https://api.paypal.com";
const CERTIFICATE_URL = `${LIVE}/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77`;
const YEAR_MS = 365 * 24 * 60 * 60_000;
const NAME = "messageverificationcerts.paypal.com";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const stranger = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const genuine = selfSign(NAME, rsa.publicKey, rsa.privateKey);

const EVENT = { id: "WH-1", event_type: "PAYMENT.CAPTURE.COMPLETED", resource: { id: "3C679366HH908993F" } };

interface Making {
  body?: string | Buffer;
  key?: KeyObject;
  webhookId?: string;
  at?: number;
  certificateUrl?: string;
}

function delivery(making: Making = {}) {
  const { body = JSON.stringify(EVENT), key = rsa.privateKey, webhookId = WEBHOOK_ID } = making;
  const bytes = Buffer.from(body);
  const id = randomUUID();
  const time = new Date(making.at ?? Date.now()).toISOString();
  const signature = sign("sha256", Buffer.from(`${id}|${time}|${webhookId}|${crc32(bytes)}`), key).toString("base64");
  const headers = new Headers({
    "paypal-transmission-id": id,
    "paypal-transmission-time": time,
    "paypal-transmission-sig": signature,
    "paypal-cert-url": making.certificateUrl ?? CERTIFICATE_URL,
    "paypal-auth-algo": "SHA256withRSA",
  });
  return { headers, body: bytes };
}

const never = () => new AbortController().signal;

/** A verifier and the addresses it fetched from. */
function watched(options: Partial<PaypalWebhookVerifierOptions> & { pem?: string } = {}) {
  const { pem = genuine, ...rest } = options;
  const fetched: string[] = [];
  const verifier = createPaypalWebhookVerifier({
    webhookId: WEBHOOK_ID,
    certificateOrigins: [LIVE, "https://api-m.paypal.com"],
    fetchCertificate: async (url) => {
      fetched.push(url);
      return pem;
    },
    ...rest,
  });
  return { fetched, verify: (made = delivery(), signal = never()) => verifier.verify(made, signal) };
}

/** Runs `use` against a server that serves certificates as the local sandbox does. */
async function withServer(
  answer: (res: ServerResponse, req: IncomingMessage) => void,
  use: (origin: string) => Promise<void>,
): Promise<void> {
  const server = createServer((req, res) => answer(res, req));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  try {
    await use(`http://127.0.0.1:${address.port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** What a verifier that really fetches says to a delivery signed with what the server serves. */
function overHttp(origin: string, certificateOrigins = [origin]) {
  const verifier = createPaypalWebhookVerifier({ webhookId: WEBHOOK_ID, certificateOrigins });
  const certificateUrl = `${origin}/paypal/v1/notifications/certs/CERT-SANDBOX.pem`;
  return verifier.verify(delivery({ certificateUrl }), never());
}

const kindOf = (error: unknown) => (error instanceof ProviderError ? error.failure : error);

describe("what is believed", () => {
  test("a genuine message", async () => {
    const { verify, fetched } = watched();
    expect(await verify()).toEqual({ id: "WH-1", type: EVENT.event_type, resource: EVENT.resource });
    expect(fetched).toEqual([CERTIFICATE_URL]);
  });

  test("one nearly four days old, and one from a clock four minutes ahead", async () => {
    const { verify } = watched();
    expect(await verify(delivery({ at: Date.now() - 3.99 * 86_400_000 }))).toMatchObject({ id: "WH-1" });
    expect(await verify(delivery({ at: Date.now() + 4 * 60_000 }))).toMatchObject({ id: "WH-1" });
  });

  test("a body in any writing: its bytes are what was signed", async () => {
    const body = `{ "id":"WH-é",\r\n "event_type":"X", "resource":{"note":"\\u00e9 ✓"}, "more": [1.0] }`;
    expect(await watched().verify(delivery({ body }))).toMatchObject({ id: "WH-é", resource: { note: "é ✓" } });
  });
});

test("a body whose bytes are no text is checked by its bytes", async () => {
  const body = Buffer.from(JSON.stringify({ ...EVENT, resource: { note: "?" } }));
  body[body.indexOf("?")] = 0xff;
  expect(await watched().verify(delivery({ body }))).toMatchObject({ id: "WH-1" });
});

describe("what is refused without fetching anything", () => {
  const HEADERS = [
    "paypal-transmission-id",
    "paypal-transmission-time",
    "paypal-transmission-sig",
    "paypal-cert-url",
    "paypal-auth-algo",
  ];

  async function expectRefused(refused: string, made: ReturnType<typeof delivery>, options = {}) {
    const { verify, fetched } = watched(options);
    expect(await verify(made)).toEqual({ refused });
    expect(fetched).toEqual([]);
  }

  test.each(HEADERS)("a message without %s", async (name) => {
    for (const value of [undefined, ""]) {
      const made = delivery();
      if (value === undefined) made.headers.delete(name);
      else made.headers.set(name, value);
      await expectRefused("unsigned", made);
    }
  });

  test("another algorithm than the one we check", async () => {
    const made = delivery();
    made.headers.set("paypal-auth-algo", "SHA1withRSA");
    await expectRefused("unsigned", made);
  });

  test("one five days old, one from ten minutes ahead, one from no time", async () => {
    await expectRefused("too-old", delivery({ at: Date.now() - 5 * 86_400_000 }));
    await expectRefused("too-old", delivery({ at: Date.now() + 10 * 60_000 }));
    const timeless = delivery();
    timeless.headers.set("paypal-transmission-time", "yesterday");
    await expectRefused("too-old", timeless);
  });

  test.each([
    "https://evil.test/v1/notifications/certs/CERT-1",
    "https://api.paypal.com.evil.test/v1/notifications/certs/CERT-1",
    "https://api.paypal.com.evil.test/paypal/v1/notifications/certs/CERT-1",
    "https://evil.test/https://api.paypal.com/v1/notifications/certs/CERT-1",
    "https://api.paypal.com@evil.test/v1/notifications/certs/CERT-1",
    "https://user@api.paypal.com/v1/notifications/certs/CERT-1",
    "https://user:word@api.paypal.com/v1/notifications/certs/CERT-1",
    "http://api.paypal.com/v1/notifications/certs/CERT-1",
    "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
    "https://api.paypal.com./v1/notifications/certs/CERT-1",
    "https://www.paypal.com/v1/notifications/certs/CERT-1",
    "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
    "https://xn--pypal-4ve.com/v1/notifications/certs/CERT-1",
    "https://api.paypal.com/v1/files/CERT-1",
    "https://api.paypal.com/paypal/v1/notifications/certs/CERT-1",
    "https://api.paypal.com/v1/notifications/certs/",
    "https://api.paypal.com/v1/notifications/certs/../../files/CERT-1",
    "https://api.paypal.com/v1/notifications/certs/%2e%2e/%2e%2e/files/CERT-1",
    "https://api.paypal.com/v1/notifications/certs/..%2f..%2ffiles",
    "https://api.paypal.com/v1/notifications/certs/CERT-1?again=2",
    "https://api.paypal.com/v1/notifications/certs/CERT-1#2",
    "file:///v1/notifications/certs/CERT-1",
    "data:text/plain,CERT-1",
    "CERT-1",
  ])("a certificate at %s", async (certificateUrl) => {
    await expectRefused("certificate", delivery({ certificateUrl }));
  });

  test("the local sandbox's certificate, outside the sandbox", async () => {
    const certificateUrl = "http://127.0.0.1:3001/paypal/v1/notifications/certs/CERT-SANDBOX.pem";
    await expectRefused("certificate", delivery({ certificateUrl }));
  });

  test.each([
    "",
    "{",
    "[]",
    "null",
    '"text"',
    '{"event_type":"X","resource":{}}',
    '{"id":"WH-1","resource":{}}',
    '{"id":"WH-1","event_type":"X"}',
    '{"id":"WH-1","event_type":"X","resource":"none"}',
    '{"id":1,"event_type":"X","resource":{}}',
  ])("the body %s", async (body) => {
    await expectRefused("malformed", delivery({ body }));
  });

  test("a body above 1 MB", async () => {
    const body = JSON.stringify({ ...EVENT, padding: "x".repeat(1024 * 1024) });
    await expectRefused("malformed", delivery({ body }));
  });

  test.each([undefined, ""])("everything, as long as the webhook's id is %j", async (webhookId) => {
    await expectRefused("signature", delivery({ webhookId: String(webhookId) }), { webhookId });
    await expectRefused("signature", delivery({ webhookId: "" }), { webhookId });
  });
});

describe("what the signature shows", () => {
  test("one byte of the body changed", async () => {
    const made = delivery();
    for (const at of [2, made.body.indexOf("3C679"), made.body.length - 3]) {
      const body = Buffer.from(made.body);
      body[at] = body[at] === 0x41 ? 0x42 : 0x41;
      const answer = await watched().verify({ headers: made.headers, body });
      expect(answer).toMatchObject({ refused: expect.stringMatching(/^(signature|malformed)$/) });
    }
    const spaced = Buffer.concat([made.body, Buffer.from(" ")]);
    expect(await watched().verify({ headers: made.headers, body: spaced })).toEqual({ refused: "signature" });
  });

  test("another transmission's id or time", async () => {
    for (const [name, value] of [
      ["paypal-transmission-id", randomUUID()],
      ["paypal-transmission-time", new Date(Date.now() + 1_000).toISOString()],
    ] as const) {
      const made = delivery();
      made.headers.set(name, value);
      expect(await watched().verify(made)).toEqual({ refused: "signature" });
    }
  });

  test("another webhook's message, a stranger's key, no signature at all", async () => {
    const { verify } = watched();
    expect(await verify(delivery({ webhookId: "9GP028458E2496509" }))).toEqual({ refused: "signature" });
    expect(await verify(delivery({ key: stranger.privateKey }))).toEqual({ refused: "signature" });
    const made = delivery();
    made.headers.set("paypal-transmission-sig", "*** not base64 ***");
    expect(await verify(made)).toEqual({ refused: "signature" });
  });
});

describe("the certificate", () => {
  test("is fetched once for twenty messages at the same time, and not again for the next", async () => {
    const { verify, fetched } = watched();
    const answers = await Promise.all(Array.from({ length: 20 }, () => verify()));
    expect(answers).toHaveLength(20);
    for (const answer of answers) expect(answer).toMatchObject({ id: "WH-1" });
    await verify();
    expect(fetched).toHaveLength(1);
  });

  test("keeps its place however many others are named", async () => {
    const { verify, fetched } = watched({
      fetchCertificate: async (url) => {
        fetched.push(url);
        return url === CERTIFICATE_URL ? genuine : undefined;
      },
    });
    await verify();
    for (let i = 0; i < 60; i += 1) {
      expect(await verify(delivery({ certificateUrl: `${CERTIFICATE_URL}-${i}` }))).toEqual({ refused: "certificate" });
    }
    await verify();
    expect(fetched.filter((url) => url === CERTIFICATE_URL)).toHaveLength(1);
  });

  test("is not trusted after its end, before its beginning, or once it has ended in our memory", async () => {
    const past = selfSign(NAME, rsa.publicKey, rsa.privateKey, Date.now() - 11 * YEAR_MS);
    expect(await watched({ pem: past }).verify()).toEqual({ refused: "certificate" });
    const future = selfSign(NAME, rsa.publicKey, rsa.privateKey, Date.now() + 2 * YEAR_MS);
    expect(await watched({ pem: future }).verify()).toEqual({ refused: "certificate" });
    let at = Date.now();
    const { verify } = watched({ now: () => at });
    expect(await verify()).toMatchObject({ id: "WH-1" });
    at += 11 * YEAR_MS;
    expect(await verify(delivery({ at }))).toEqual({ refused: "certificate" });
  });

  test.each(["evil.test", "paypal.com.evil.test", "evilpaypal.com", "Inkwell PayPal sandbox"])(
    "of %s does not speak for PayPal",
    async (name) => {
      const pem = selfSign(name, rsa.publicKey, rsa.privateKey);
      expect(await watched({ pem }).verify()).toEqual({ refused: "certificate" });
    },
  );

  test("with another kind of key is not PayPal's", async () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const pem = selfSign(NAME, ec.publicKey, ec.privateKey);
    expect(await watched({ pem }).verify(delivery({ key: ec.privateKey }))).toEqual({ refused: "certificate" });
  });

  test("may be any, when it is the local sandbox's", async () => {
    const pem = selfSign("Inkwell PayPal sandbox", rsa.publicKey, rsa.privateKey);
    await withServer(
      (res) => res.end(pem),
      async (origin) => {
        expect(await overHttp(origin)).toMatchObject({ id: "WH-1" });
      },
    );
  });

  test("is not looked for where a redirect leads", async () => {
    const asked: (string | undefined)[] = [];
    await withServer(
      (res, req) => {
        asked.push(req.url);
        if (req.url === "/elsewhere") res.end(genuine);
        else res.writeHead(302, { location: "/elsewhere" }).end();
      },
      async (origin) => {
        expect(await overHttp(origin)).toEqual({ refused: "certificate" });
      },
    );
    expect(asked).toEqual(["/paypal/v1/notifications/certs/CERT-SANDBOX.pem"]);
  });

  test.each<[string, (res: ServerResponse) => void, object]>([
    [
      "503",
      (res) => res.writeHead(503, { "retry-after": "3" }).end(),
      { kind: "status", status: 503, retryAfterMs: 3_000 },
    ],
    ["404", (res) => res.writeHead(404).end("none"), { kind: "status", status: 404 }],
    ["a page", (res) => res.end("<html>"), { kind: "malformed" }],
    ["too much", (res) => res.end(genuine.repeat(100)), { kind: "malformed" }],
    ["a broken connection", (res) => res.destroy(), { kind: "reset" }],
  ])(
    "that cannot be had (%s) is the provider's failure, so that the sender tries again",
    async (_, answer, expected) => {
      await withServer(answer, async (origin) => {
        expect(kindOf(await rejectionOf(overHttp(origin)))).toEqual({ provider: "paypal", ...expected });
      });
    },
  );

  test("that could not be had once is fetched again", async () => {
    let calls = 0;
    const { verify } = watched({
      fetchCertificate: async () => {
        calls += 1;
        if (calls === 1) throw new ProviderError({ provider: "paypal", kind: "reset" });
        return genuine;
      },
    });
    expect(kindOf(await rejectionOf(verify()))).toMatchObject({ kind: "reset" });
    expect(await verify()).toMatchObject({ id: "WH-1" });
  });

  test("is not waited for by a caller who has left", async () => {
    const reason = new Error("the caller's own reason");
    const controller = new AbortController();
    const { verify } = watched({ fetchCertificate: () => new Promise(() => undefined) });
    const verdict = rejectionOf(verify(delivery(), controller.signal));
    controller.abort(reason);
    expect(await verdict).toBe(reason);
  });
});
