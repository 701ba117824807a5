import { request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import { Message, User } from "@models";
import { createTRPCClient, httpBatchStreamLink } from "@trpc/client";
import superjson from "superjson";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { handleTrpc } from "@/server/api/handle-trpc";
import { type AppRouter, appRouter } from "@/server/api/root";
import { serveChatSend } from "@/server/api/serve-chat-send";
import { metrics } from "@/server/services/observability/metrics";
import type { ChatEvent } from "@/shared/chat";
import { serve } from "./http-server";
import { collect, cookieOf, eventually, message, person, sandbox, textOf, the } from "./studio";

beforeEach(() => sandbox().reset());

const PATH = "/api/trpc/chat.send";
const JSON_TYPE = { "content-type": "application/json" };
const AS_STREAM = { ...JSON_TYPE, "trpc-accept": "application/jsonl" };

let cookie: string;
beforeAll(async () => {
  cookie = await cookieFor(await person());
});

async function cookieFor({ user }: { user: { id: string } }): Promise<string> {
  return (await cookieOf(user.id)).get("cookie") ?? "";
}

interface Call {
  query?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  /** In place of `body`, where a repeat of it would be another matter. */
  bodyForOwn?: BodyInit;
}

/** The same request at the file of its own, over HTTP, and at tRPC's handler. */
async function callBoth({ query = "?batch=1", headers = AS_STREAM, bodyForOwn, ...rest }: Call) {
  const init = { method: "POST", headers: { "x-request-id": "request-of-test", cookie, ...headers }, ...rest };
  const [lean, own] = await Promise.all([
    fetch(`${await serve(serveChatSend)}${PATH}${query}`, init),
    handleTrpc(new Request(`http://localhost:3000${PATH}${query}`, { ...init, body: bodyForOwn ?? rest.body })),
  ]);
  return { lean: await seen(lean), own: await seen(own) };
}

/** All that a caller can tell of a reply. */
async function seen(response: Response) {
  const { headers } = response;
  const names = ["content-type", "cache-control", "vary", "x-request-id", "x-accel-buffering"];
  return { status: response.status, text: await response.text(), headers: names.map((name) => headers.get(name)) };
}

const bodyOf = (input: unknown) => JSON.stringify({ 0: superjson.serialize(input) });

/** What a stream of tRPC's says of a call that failed before there was anything to stream. */
function refusalIn(stream: string): unknown {
  const [, second = ""] = stream.split("\n");
  return superjson.deserialize<[0, 0, [[unknown]]]>(JSON.parse(second))[2][0][0];
}

const clientAt = (address: string, fetchAs?: string) =>
  createTRPCClient<AppRouter>({
    links: [
      httpBatchStreamLink({
        url: `${address}/api/trpc`,
        transformer: superjson,
        maxItems: 1,
        headers: { cookie: fetchAs ?? cookie },
      }),
    ],
  });

test("an answer is written as tRPC writes it, to the byte", async () => {
  const body = bodyOf(message());
  const { lean: first } = await callBoth({ body });
  // The same key brings the same answer again, now all at once, so that both have the same to write.
  const { lean, own } = await callBoth({ body });
  expect(lean).toEqual(own);
  expect(lean.status).toBe(200);
  expect(lean.text).toContain('"type":"done"');
  expect(first.headers).toEqual(own.headers);
  // tRPC would send a space now and then if it was told to.
  expect(appRouter._def._config).not.toHaveProperty("jsonl");
});

describe("whatever is wrong with a call is answered as tRPC answers it", () => {
  const good = bodyOf({ content: "Hello", idempotencyKey: "key-of-bad-call" });
  const bad = bodyOf({ content: " ", idempotencyKey: "key-of-bad-call" });
  const single = JSON.stringify(superjson.serialize({ content: " ", idempotencyKey: "key-of-bad-call" }));

  test.each<[string, Call]>([
    ["a call without a batch", { query: "", body: single, headers: JSON_TYPE }],
    ["a stream without a batch", { query: "", body: single }],
    ["a batch that takes no stream", { body: bad, headers: JSON_TYPE }],
    ["a good batch that takes no stream", { body: good, headers: JSON_TYPE }],
    ["a stream asked for in the other way", { body: bad, headers: { ...JSON_TYPE, accept: "application/jsonl" } }],
    ["XML", { body: "<xml/>", headers: { ...AS_STREAM, "content-type": "text/xml" } }],
    ["bytes", { body: good, headers: { ...AS_STREAM, "content-type": "application/octet-stream" } }],
    ["a form", { body: "content=Hello", headers: { "content-type": "application/x-www-form-urlencoded" } }],
    ["no content type", { body: Buffer.from(good), headers: { "trpc-accept": "application/jsonl" } }],
    ["a look", { method: "GET" }],
    ["a look without anything", { method: "GET", query: "", headers: {} }],
    ["a look for the headers", { method: "HEAD" }],
  ])("%s", async (_, call) => {
    const { lean, own } = await callBoth(call);
    expect(lean).toEqual(own);
  });

  // Refused before the stream begins: with the status that a call without a stream gets, and tRPC's stream cannot have.
  test.each<[string, BodyInit, number]>([
    ["an input that is not as it should be", bad, 400],
    ["an unknown field", bodyOf({ content: "Hello", idempotencyKey: "key-of-bad-call", price: 0 }), 400],
    ["no input", "{}", 400],
    ["an input that superjson does not know", '{"0":null}', 400],
    ["broken JSON", '{"0":', 400],
    ["no JSON at all", "", 400],
    ["an array", `[${single}]`, 400],
    ["null", "null", 400],
    ["a text", '"Hello"', 400],
    [
      "something that is not there",
      bodyOf({ content: "Hello", idempotencyKey: "key-of-404", conversationId: "none-such" }),
      404,
    ],
    ["another price", bodyOf({ content: "Hello", idempotencyKey: "key-of-conflict", expectedCost: 99 }), 409],
    ["what the role may not do", bodyOf({ content: "Hello", idempotencyKey: "key-of-smart", model: "smart" }), 403],
  ])("%s", async (_, body, status) => {
    const { lean, own } = await callBoth({ body });
    expect(refusalIn(own.text)).toEqual({ error: superjson.deserialize(JSON.parse(lean.text).error) });
    expect(lean.status).toBe(status);
    expect(JSON.parse(lean.text).error.json.data).toMatchObject({ httpStatus: status, requestId: "request-of-test" });
    expect(lean.headers).toEqual(own.headers);
  });

  test("nobody, a stranger, a suspended person, one without credits, a key of another question", async () => {
    const suspended = await person();
    await User.updateOne({ _id: suspended.user.id }, { $set: { status: "suspended" } });
    const poor = await person({ credits: 0 });
    await callBoth({ body: bodyOf(message({ idempotencyKey: "key-of-mismatch" })) });
    const cases: [string, Record<string, string>, number][] = [
      ['{"0":', { cookie: "" }, 401],
      [good, { cookie: "next-auth.session-token=forged" }, 401],
      [good, { cookie: await cookieFor(suspended) }, 403],
      [bodyOf(message()), { cookie: await cookieFor(poor) }, 402],
      [bodyOf(message({ idempotencyKey: "key-of-mismatch" })), {}, 422],
    ];
    for (const [body, headers, status] of cases) {
      const bodyForOwn = status === 402 ? bodyOf(message()) : body;
      const { lean, own } = await callBoth({ body, bodyForOwn, headers: { ...AS_STREAM, ...headers } });
      expect(lean.status).toBe(status);
      expect(refusalIn(own.text)).toEqual({ error: superjson.deserialize(JSON.parse(lean.text).error) });
    }
  });

  test("more than a million bytes, whether or not the caller admits to them", async () => {
    const endless = () =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      });
    const { lean, own } = await callBoth({ body: "x".repeat(1_000_001) });
    expect(lean).toEqual(own);
    const init = { method: "POST", headers: { ...AS_STREAM, "x-request-id": "request-of-test" }, duplex: "half" };
    const counted = await fetch(`${await serve(serveChatSend)}${PATH}?batch=1`, { ...init, body: endless() });
    expect(await seen(counted)).toEqual(own);
    expect(own.status).toBe(413);
  });

  test("methods nobody knows are refused", async () => {
    const address = `${await serve(serveChatSend)}${PATH}`;
    for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH"]) {
      const { status, headers } = await fetch(address, { method });
      expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD, POST"]);
    }
  });
});

/** An answer that all but stands still after its first words, until it is told to go on. */
function askSlowly() {
  const input = message();
  sandbox().fail("gemini", { kind: "slow", delayMs: 1_000, afterDeltas: 3, body: input.content });
  const goOn = async () => {
    const told = await fetch(`${sandbox().url}/__control/hurry`, {
      method: "POST",
      headers: JSON_TYPE,
      body: JSON.stringify({ body: input.content }),
    });
    expect(told.status).toBe(200);
  };
  return { input, goOn };
}

/** A reverse proxy that passes on what comes when it comes. */
function passOn(target: string) {
  return (req: IncomingMessage, res: ServerResponse) => {
    const upstream = ask(`${target}${req.url}`, { method: req.method, headers: req.headers }, (reply) => {
      res.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(res);
    });
    res.once("close", () => upstream.destroy());
    req.pipe(upstream);
  };
}

test.each([
  ["at the server", (address: string) => address],
  ["behind a reverse proxy", (address: string) => serve(passOn(address))],
])("the client reads the first words before the last are written, %s", async (_, reach) => {
  const { input, goOn } = askSlowly();
  const client = clientAt(await reach(await serve(serveChatSend)));
  const events: ChatEvent[] = [];
  for await (const event of await client.chat.send.mutate(input)) {
    const isFirst = event.type === "delta" && !events.some(({ type }) => type === "delta");
    events.push(event);
    if (isFirst) await goOn();
  }
  const { message: stored } = the(events, "done");
  expect(stored.createdAt).toBeInstanceOf(Date);
  expect(textOf(events)).toBe(stored.content);
});

test("a reader that leaves is no longer followed, and the answer is written to its end", async () => {
  const followers = async () => (await metrics().openStreams.get()).values[0]?.value ?? 0;
  const before = await followers();
  const { input, goOn } = askSlowly();
  const stop = new AbortController();
  const client = clientAt(await serve(serveChatSend));
  const events = await client.chat.send.mutate(input, { signal: stop.signal });
  let messageId = "";
  const reading = (async () => {
    for await (const event of events) {
      if (event.type === "start") messageId = event.messageId;
      if (event.type === "delta") stop.abort();
    }
  })();
  await expect(reading).rejects.toThrow();
  await eventually(async () => expect(await followers()).toBe(before));
  await goOn();
  await eventually(async () => expect((await Message.findById(messageId).lean())?.status).toBe("complete"));
});

test("many read at once, each their own", async () => {
  const client = clientAt(await serve(serveChatSend), await cookieFor(await person()));
  const answers = await Promise.all(
    Array.from({ length: 10 }, async () => collect(await client.chat.send.mutate(message()))),
  );
  for (const events of answers) expect(textOf(events)).toBe(the(events, "done").message.content);
});
