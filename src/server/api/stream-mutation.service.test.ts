import { createTRPCClient, httpBatchStreamLink } from "@trpc/client";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError, ERROR_STATUS, isErrorCode } from "@/shared/errors";
import { serve } from "../../../tests/http-server";
import { collect, eventually } from "../../../tests/studio";
import { createContext } from "./context";
import { readBytes } from "./read-body";
import { streamMutation } from "./stream-mutation";
import { publicProcedure, router } from "./trpc";

/** The shapes a stream can have. */
const STREAMS: Record<string, () => AsyncGenerator<unknown, unknown>> = {
  async *nothing() {},
  async *events() {
    yield { type: "start", messageId: "m_1", quotedCost: 1 };
    yield { type: "delta", seq: 0, text: "Ink" };
    yield { type: "delta", seq: 3, text: "well", fallback: false, by: null };
  },
  async *dates() {
    yield { type: "done", message: { id: "m_1", createdAt: new Date(0), model: undefined }, balance: { held: 0 } };
    yield new Date(1);
  },
  async *unicode() {
    yield { text: '墨水瓶 🖋️ \u2028\u0000\n"\\ \ud800 </script>' };
  },
  async *scalars() {
    yield* [
      undefined,
      null,
      0,
      -0,
      Number.NaN,
      "",
      true,
      10n,
      [],
      [undefined],
      {},
      { a: undefined, "b.c": [new Set()] },
    ];
  },
  async *returned() {
    yield { text: "before" };
    return { at: new Date(2) };
  },
  async *failed() {
    yield { text: "before" };
    throw new AppError("PROVIDER_TIMEOUT", "It took too long.", { retryAfterMs: 5 });
  },
  async *unforeseen() {
    yield { text: "before" };
    throw new TypeError("the password is swordfish");
  },
  async *failedAtOnce() {
    yield* [];
    throw new AppError("SERVICE_UNAVAILABLE");
  },
  async *slow() {
    for (const text of "abc") {
      await new Promise(setImmediate);
      yield { text };
    }
  },
  async *large() {
    for (let seq = 0; seq < 50; seq += 1) yield { seq, text: "x".repeat(100_000) };
  },
};

function streamOf(kind: string): AsyncGenerator<unknown, unknown> {
  const stream = STREAMS[kind];
  if (!stream) throw new Error(`There is no stream ${kind}.`);
  return stream();
}

/** What became of the stream that never ends by itself. */
const endless = { open: 0, made: 0 };

const testRouter = router({
  stream: publicProcedure.input(z.strictObject({ kind: z.string() })).mutation(({ input }) => streamOf(input.kind)),
  fail: publicProcedure.input(z.strictObject({ code: z.string() })).mutation(({ input }) => {
    if (!isErrorCode(input.code)) throw new TypeError("the password is swordfish");
    throw new AppError(input.code, undefined, { retryAfterMs: 100, fieldErrors: { content: ["It is empty."] } });
  }),
  endless: publicProcedure.mutation(async function* ({ signal }) {
    endless.open += 1;
    try {
      while (!signal?.aborted) {
        endless.made += 1;
        yield { text: "x".repeat(100_000) };
        await new Promise(setImmediate);
      }
    } finally {
      endless.open -= 1;
    }
  }),
});

const FIXED_ID = { "x-request-id": "request-of-test" };
const asStream = { "content-type": "application/json", "trpc-accept": "application/jsonl", ...FIXED_ID };
const bodyOf = (input: unknown) => JSON.stringify({ 0: superjson.serialize(input) });

/** The same router behind our producer. */
const serveLean = () =>
  serve(async (req, res) => {
    const left = new AbortController();
    res.once("close", () => left.abort());
    const path = new URL(req.url ?? "", "http://localhost").pathname.slice(1);
    const headers = new Headers(FIXED_ID);
    const body = (await readBytes({ headers, body: req }, 1e6)) ?? Buffer.of();
    await streamMutation({ router: testRouter, path, ctx: createContext(headers), body, signal: left.signal }, res);
  });

const callLean = async (path: string, body: string) =>
  fetch(`${await serveLean()}/${path}?batch=1`, { method: "POST", headers: asStream, body });

/** And behind tRPC's own. */
const callOwn = (address: string, body: string, headers: Record<string, string>) =>
  fetchRequestHandler({
    endpoint: "",
    req: new Request(`http://localhost/${address}`, { method: "POST", headers, body }),
    router: testRouter,
    createContext: () => createContext(new Headers(FIXED_ID)),
  });

describe("byte for byte what tRPC writes", () => {
  test.each(Object.keys(STREAMS))("a stream: %s", async (kind) => {
    const own = await callOwn("stream?batch=1", bodyOf({ kind }), asStream);
    const lean = await callLean("stream", bodyOf({ kind }));
    expect(await lean.text()).toBe(await own.text());
    expect(lean.status).toBe(own.status);
  });

  // What fails before a stream begins has a status of its own, as for calls that do not stream. Within tRPC's stream,
  // where the status has been sent by then, the same is said in its second line.
  test.each([...Object.keys(ERROR_STATUS), "unforeseen"])("a failure before the stream begins: %s", async (code) => {
    const single = await callOwn("fail", JSON.stringify(superjson.serialize({ code })), {
      "content-type": "application/json",
      ...FIXED_ID,
    });
    const streamed = await callOwn("fail?batch=1", bodyOf({ code }), asStream);
    const lean = await callLean("fail", bodyOf({ code }));
    const text = await lean.text();
    expect(text).toBe(await single.text());
    expect(lean.status).toBe(single.status);
    const [, second = ""] = (await streamed.text()).split("\n");
    const told: unknown = superjson.deserialize(JSON.parse(second));
    expect(told).toEqual([0, 0, [[{ error: superjson.deserialize(JSON.parse(text).error) }]]]);
  });

  test.each([
    ["an unknown field", { kind: "nothing", price: 0 }],
    ["a wrong type", { kind: { $ne: null } }],
    ["nothing", undefined],
  ])("a refusal of %s", async (_, input) => {
    const single = await callOwn("stream", JSON.stringify(superjson.serialize(input)), {
      "content-type": "application/json",
      ...FIXED_ID,
    });
    const lean = await callLean("stream", bodyOf(input));
    expect(await lean.text()).toBe(await single.text());
    expect([lean.status, single.status]).toEqual([400, 400]);
  });
});

test("nothing that went wrong inside is told", async () => {
  const texts = [
    await callLean("stream", bodyOf({ kind: "unforeseen" })),
    await callLean("fail", bodyOf({ code: "" })),
  ];
  for (const text of texts) expect(await text.text()).not.toContain("swordfish");
});

test("the unmodified client reads values, dates, errors and what a stream returned", async () => {
  const url = await serveLean();
  const client = createTRPCClient<typeof testRouter>({
    links: [httpBatchStreamLink({ url, transformer: superjson, maxItems: 1 })],
  });
  const read = async (kind: string) => collect(await client.stream.mutate({ kind }));
  expect(await read("nothing")).toEqual([]);
  expect(await read("scalars")).toEqual(await collect(streamOf("scalars")));
  expect(await read("dates")).toEqual(await collect(streamOf("dates")));
  await expect(read("failed")).rejects.toMatchObject({
    message: "It took too long.",
    data: { appCode: "PROVIDER_TIMEOUT", retryAfterMs: 5, requestId: FIXED_ID["x-request-id"] },
  });
  await expect(client.fail.mutate({ code: "RATE_LIMITED" })).rejects.toMatchObject({
    data: { appCode: "RATE_LIMITED", httpStatus: 429, retryAfterMs: 100, fieldErrors: { content: ["It is empty."] } },
  });
  const returned = (await client.stream.mutate({ kind: "returned" }))[Symbol.asyncIterator]();
  await returned.next();
  expect(await returned.next()).toEqual({ done: true, value: { at: new Date(2) } });
});

test("a reader that does not read holds the stream back, and one that leaves ends it", async () => {
  const stop = new AbortController();
  const url = await serveLean();
  const response = await fetch(`${url}/endless`, { method: "POST", body: bodyOf(undefined), signal: stop.signal });
  expect(response.status).toBe(200);
  let before = -1;
  // What fits into the buffers on the way is made; then nothing more.
  await eventually(async () => {
    const now = endless.made;
    const stands = now === before;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(stands).toBe(true);
  });
  expect(endless).toMatchObject({ open: 1 });
  stop.abort();
  await eventually(async () => expect(endless.open).toBe(0));
});
