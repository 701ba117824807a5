import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { imageVariantUrl } from "@/shared/image-url";
import { rejectionOf } from "../../../tests/rejection-of";
import { type ChatFaultKind, type Fault, type Sandbox, type SandboxProvider, startSandbox } from "../../sandbox";
import type { ChatChunk, ChatProvider, ChatRequest } from "./chat-provider";
import { createCloudinary } from "./cloudinary";
import { createGemini } from "./gemini";
import type { ImageProvider, PredictionRequest } from "./image-provider";
import type { ImageStore } from "./image-store";
import { createOpenai } from "./openai";
import { ProviderError, type ProviderFailure } from "./provider-error";
import { createReplicate } from "./replicate";

const KEY = "contract-key-4711";
const SECRET_PROMPT = "tell me about heliotropes at midnight";
const OURS = new Error("the caller's own reason");

/** How a call ended: with an answer, with a failure of the provider, or only because it was aborted. */
type Outcome = "answers" | "waits" | Omit<ProviderFailure, "provider">;

let dir: string;
let sandbox: Sandbox;
/** An address where nothing listens. */
let deadEnd: string;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => unhandled.push(reason);

beforeAll(async () => {
  process.on("unhandledRejection", onUnhandled);
  dir = await mkdtemp(join(tmpdir(), "sandbox-contract-"));
  const gone = await startSandbox({ dir });
  deadEnd = gone.url;
  await gone.close();
  sandbox = await startSandbox({ dir, pace: { msPerToken: 1, firstTokenMs: 1, imageMs: 60 } });
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

/** Aborts with the caller's own reason a moment after `reached` has become true: what does not end by itself, waits. */
function abortsAfter(reached: () => boolean): AbortSignal {
  const controller = new AbortController();
  const poll = setInterval(() => {
    if (!reached()) return;
    clearInterval(poll);
    setTimeout(() => controller.abort(OURS), 50);
  }, 5);
  return controller.signal;
}

/** Whatever a failing call rejected with. */
async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    await work;
    return "answers";
  } catch (error) {
    if (error === OURS) return "waits";
    if (!(error instanceof ProviderError)) throw error;
    const { provider, ...failure } = error.failure;
    return failure;
  }
}

/** Resolves once the sandbox has seen the client hang up on every request; fails after the 2 s the policy allows. */
async function expectUpstreamClosed(provider: SandboxProvider, since = Date.now()) {
  while (sandbox.requests(provider).some((request) => !request.closedByClient)) {
    if (Date.now() - since > 2_000) break;
    await wait(10);
  }
  const ends = sandbox.requests(provider).map(({ completed, closedByClient }) => ({ completed, closedByClient }));
  expect(ends).toEqual([{ completed: false, closedByClient: true }]);
}

/** Runs `use` against a server that answers every request with `reply`. */
async function withServer(reply: (res: ServerResponse) => void, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((req, res) => {
    req.resume().on("end", () => reply(res));
  });
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

/** Everything a log could print of an error. */
const printed = (error: unknown) => inspect(error, { depth: 12, showHidden: true });

const chatAdapters: { name: "gemini" | "openai"; make(url: string, key?: string): ChatProvider }[] = [
  {
    name: "gemini",
    make: (url, apiKey = KEY) => createGemini({ apiKey, baseUrl: `${url}/gemini`, sandbox: true }),
  },
  {
    name: "openai",
    make: (url, apiKey = KEY) => createOpenai({ apiKey, baseUrl: `${url}/openai/v1`, sandbox: true }),
  },
];

function ask(signal: AbortSignal, ...texts: string[]): ChatRequest {
  const turns = (texts.length > 0 ? texts : [SECRET_PROMPT]).map((text, i) => ({
    role: i % 2 === 0 ? ("user" as const) : ("assistant" as const),
    text,
  }));
  return { model: "contract-model", system: "Answer briefly, please.", turns, signal };
}

/** All chunks up to the end or the failure, which is rethrown with the texts that came before it. */
async function collect(stream: AsyncIterable<ChatChunk>, into: ChatChunk[] = []): Promise<ChatChunk[]> {
  for await (const chunk of stream) into.push(chunk);
  return into;
}

const texts = (chunks: ChatChunk[]) => chunks.flatMap((chunk) => (chunk.type === "text" ? [chunk.text] : []));

/** Before any text and after five pieces of it: the same vocabulary, its expected meaning. */
const streamFaults: Record<ChatFaultKind, { first: Outcome; later: Outcome }> = {
  status: { first: { kind: "status", status: 503 }, later: { kind: "error-event" } },
  hang: { first: "waits", later: "waits" },
  "headers-then-hang": { first: "waits", later: "waits" },
  reset: { first: { kind: "reset" }, later: { kind: "reset" } },
  malformed: { first: { kind: "malformed" }, later: { kind: "malformed" } },
  html: { first: { kind: "malformed" }, later: { kind: "malformed" } },
  delay: { first: "answers", later: "answers" },
  slow: { first: "answers", later: "answers" },
  stall: { first: "waits", later: "waits" },
  "cut-reset": { first: { kind: "reset" }, later: { kind: "reset" } },
  "cut-end": { first: { kind: "incomplete" }, later: { kind: "incomplete" } },
  "bad-chunk": { first: { kind: "malformed" }, later: { kind: "malformed" } },
  "error-event": { first: { kind: "error-event" }, later: { kind: "error-event" } },
  "comments-only": { first: "waits", later: "waits" },
  blocked: { first: "answers", later: "answers" },
};
const streamCases = Object.entries(streamFaults).flatMap(([kind, { first, later }]) => [
  { kind, afterDeltas: 0, expected: first },
  { kind, afterDeltas: 5, expected: later },
]);

describe.each(chatAdapters)("$name", ({ name, make }) => {
  test("streams an answer that ends with its finish and usage", async () => {
    const chunks = await collect(make(sandbox.url).stream(ask(never())));
    expect(texts(chunks).length).toBeGreaterThanOrEqual(12);
    expect(texts(chunks).join("")).toContain("heliotropes");
    expect(chunks.filter((chunk) => chunk.type === "finish")).toHaveLength(1);
    expect(chunks.at(-1)).toEqual({
      type: "finish",
      reason: "stop",
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
    });
    expect(sandbox.requests(name)).toMatchObject([{ completed: true, closedByClient: false, status: 200 }]);
  });

  test("sends the system prompt and every turn in its role", async () => {
    await collect(make(sandbox.url).stream(ask(never(), "Who paints?", "Turner did.", "And who else?")));
    const said = (role: string, text: string) =>
      name === "gemini" ? { role, parts: [{ text }] } : { role: role === "model" ? "assistant" : role, content: text };
    const turns = [said("user", "Who paints?"), said("model", "Turner did."), said("user", "And who else?")];
    expect(sandbox.requests(name)[0]?.body).toMatchObject(
      name === "gemini"
        ? { systemInstruction: { parts: [{ text: "Answer briefly, please." }] }, contents: turns }
        : { messages: [{ role: "system", content: "Answer briefly, please." }, ...turns], model: "contract-model" },
    );
  });

  test.each(streamCases)("$kind after $afterDeltas pieces", async ({ kind, afterDeltas, expected }) => {
    sandbox.fail(name, faultOf({ kind, afterDeltas, delayMs: 2 }));
    const chunks: ChatChunk[] = [];
    const isQuiet = () => sandbox.requests(name).length > 0 && chunks.length >= afterDeltas;
    const signal = expected === "waits" ? abortsAfter(isQuiet) : never();
    const outcome = await outcomeOf(collect(make(sandbox.url).stream(ask(signal)), chunks));
    if (typeof expected === "string") expect(outcome).toBe(expected);
    // OpenAI's SDK skips what is no event, so a page in mid-stream is an answer that never finished.
    else if (kind === "html" && name === "openai" && afterDeltas > 0) expect(outcome).toEqual({ kind: "incomplete" });
    else expect(outcome).toMatchObject(expected);
    if (outcome !== "answers" || kind === "blocked") expect(texts(chunks)).toHaveLength(afterDeltas);
    if (outcome !== "answers") expect(chunks.some((chunk) => chunk.type === "finish")).toBe(false);
    expect(sandbox.requests(name)).toHaveLength(1);
    if (expected === "waits") await expectUpstreamClosed(name);
  });

  test.each([0, 5])("a safety block after %i pieces is an answer, not an error", async (afterDeltas) => {
    sandbox.fail(name, { kind: "blocked", afterDeltas });
    const chunks = await collect(make(sandbox.url).stream(ask(never())));
    expect(chunks.at(-1)).toMatchObject({ type: "finish", reason: "blocked" });
  });

  test("an abort in mid-stream rejects at once and closes the connection", async () => {
    sandbox.setPace({ msPerToken: 400 });
    const controller = new AbortController();
    const stream = make(sandbox.url).stream(ask(controller.signal))[Symbol.asyncIterator]();
    await stream.next();
    const next = rejectionOf(stream.next());
    await wait(30);
    const since = Date.now();
    controller.abort(OURS);
    expect(await next).toBe(OURS);
    expect(Date.now() - since).toBeLessThan(200);
    await expectUpstreamClosed(name, since);
  });

  test("a reader who leaves closes the connection", async () => {
    sandbox.setPace({ msPerToken: 100 });
    for await (const chunk of make(sandbox.url).stream(ask(never()))) {
      expect(chunk.type).toBe("text");
      break;
    }
    await expectUpstreamClosed(name);
  });

  test("an aborted signal makes no call", async () => {
    expect(await rejectionOf(collect(make(sandbox.url).stream(ask(AbortSignal.abort(OURS)))))).toBe(OURS);
    await wait(30);
    expect(sandbox.requests(name)).toEqual([]);
  });

  test("a wrong key is a 401", async () => {
    const outcome = await outcomeOf(collect(make(sandbox.url, "invalid").stream(ask(never()))));
    expect(outcome).toMatchObject({ kind: "status", status: 401 });
  });

  test("an unreachable provider is a failure to connect", async () => {
    expect(await outcomeOf(collect(make(deadEnd).stream(ask(never()))))).toMatchObject({ kind: "connect" });
  });

  test.each([400, 403, 408, 429, 500, 529])("HTTP %i is told as it is", async (status) => {
    sandbox.fail(name, { kind: "status", status });
    expect(await outcomeOf(collect(make(sandbox.url).stream(ask(never()))))).toMatchObject({ kind: "status", status });
    expect(sandbox.requests(name)).toHaveLength(1);
  });

  test("an error page of a gateway keeps its status", async () => {
    sandbox.fail(name, { kind: "html", status: 502 });
    expect(await outcomeOf(collect(make(sandbox.url).stream(ask(never()))))).toMatchObject({
      kind: "status",
      status: 502,
    });
  });

  test("Retry-After is read", async () => {
    sandbox.fail(name, { kind: "status", status: 429, retryAfter: 7 });
    const outcome = await outcomeOf(collect(make(sandbox.url).stream(ask(never()))));
    expect(outcome).toMatchObject({ status: 429, retryAfterMs: 7_000 });
  });

  test.each(["status", "malformed", "reset", "error-event", "cut-reset"])(
    "%s leaks neither key nor prompt",
    async (kind) => {
      sandbox.fail(name, faultOf({ kind, status: 400 }));
      const error = await rejectionOf(collect(make(sandbox.url).stream(ask(never()))));
      expect(error).toBeInstanceOf(ProviderError);
      expect(printed(error)).not.toContain(KEY);
      expect(printed(error)).not.toContain("heliotropes");
    },
  );
});

/** Everything that can be asked about without making anything. */
interface Look {
  name: SandboxProvider;
  path: string;
  look(key: string): Promise<unknown>;
}
const modelLooks: (Look & { unknown(): Promise<unknown> })[] = [
  ...chatAdapters.map(({ name, make }) => ({
    name,
    path: "/models/",
    look: (key: string) => make(sandbox.url, key).lookUpModel("contract-model", never()),
    unknown: () => make(sandbox.url).lookUpModel("unknown", never()),
  })),
  {
    name: "replicate",
    path: "/models/",
    look: (key) => replicateAt(sandbox.url, key).lookUpModel("contract/image-model", never()),
    unknown: () => replicateAt(sandbox.url).lookUpModel("contract/unknown", never()),
  },
];
const looks: Look[] = [
  ...modelLooks,
  { name: "cloudinary", path: "/ping", look: (key) => cloudinaryAt(sandbox.url, `${key}:sandbox`).ping(never()) },
];

test.each(modelLooks)("$name tells of a model, and what time it is there", async ({ name, look, unknown }) => {
  expect(await look(KEY)).toEqual({ known: true, at: expect.any(Date) });
  expect(await unknown()).toEqual({ known: false });
  expect(sandbox.requests(name)).toMatchObject([
    { method: "GET", status: 200 },
    { method: "GET", status: 404 },
  ]);
});

describe.each(looks)("looking at $name", ({ name, path, look }) => {
  test("a wrong key is a 401, and is not repeated", async () => {
    const error = await rejectionOf(look("invalid"));
    expect(await outcomeOf(Promise.reject(error))).toMatchObject({ kind: "status", status: 401 });
    expect(sandbox.requests(name)).toHaveLength(1);
  });

  test.each<[kind: Fault["kind"], expected: object]>([
    ["reset", { kind: "reset" }],
    ["malformed", { kind: "malformed" }],
    ["html", { kind: "malformed" }],
    ["status", { kind: "status", status: 503 }],
  ])("%s is told as it is", async (kind, expected) => {
    sandbox.fail(name, { kind, path });
    const error = await rejectionOf(look(KEY));
    expect(await outcomeOf(Promise.reject(error))).toMatchObject(expected);
    expect(printed(error)).not.toContain(KEY);
  });

  test("takes no fault away from whom it was meant for", async () => {
    sandbox.fail(name, { kind: "reset" });
    await look(KEY);
    expect(sandbox.requests(name)).toMatchObject([{ status: 200, completed: true }]);
  });
});

test("Replicate tells the secret its notices are signed with", async () => {
  expect(await replicateAt(sandbox.url).signingSecret(never())).toMatch(/^whsec_/);
});

const geminiEnd = (finishReason: string, text = "So") => ({
  candidates: [{ content: { parts: [{ text: "thinking", thought: true }, { text }] }, finishReason }],
});
const openaiEnd = (finish_reason: string) => ({ choices: [{ delta: { content: "So" }, finish_reason }] });
const answered = (reason: string) => [
  { type: "text", text: "So" },
  { type: "finish", reason },
];
const blocked = [{ type: "finish", reason: "blocked" }];

describe("the end of a stream", () => {
  test.each<{ name: "gemini" | "openai"; event: unknown; expected: unknown }>([
    { name: "gemini", event: geminiEnd("STOP"), expected: answered("stop") },
    { name: "gemini", event: geminiEnd("MAX_TOKENS"), expected: answered("length") },
    ...["SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"].map((reason) => ({
      name: "gemini" as const,
      event: geminiEnd(reason),
      expected: blocked,
    })),
    { name: "gemini", event: geminiEnd("OTHER"), expected: { kind: "error-event" } },
    { name: "gemini", event: geminiEnd("FINISH_REASON_UNSPECIFIED"), expected: { kind: "incomplete" } },
    { name: "gemini", event: { promptFeedback: { blockReason: "OTHER" } }, expected: blocked },
    { name: "gemini", event: { candidates: "none" }, expected: { kind: "malformed" } },
    { name: "openai", event: openaiEnd("stop"), expected: answered("stop") },
    { name: "openai", event: openaiEnd("length"), expected: answered("length") },
    { name: "openai", event: openaiEnd("content_filter"), expected: blocked },
    { name: "openai", event: { choices: [{ delta: { refusal: "I can't" } }] }, expected: blocked },
    { name: "openai", event: { choices: "none" }, expected: { kind: "malformed" } },
  ])("$name: $event", async ({ name, event, expected }) => {
    const reply = (res: ServerResponse) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.end(`data: ${JSON.stringify(event)}\n\n`);
    };
    await withServer(reply, async (url) => {
      const chunks: ChatChunk[] = [];
      const make = chatAdapters.find((adapter) => adapter.name === name)?.make;
      const outcome = make && (await outcomeOf(collect(make(url).stream(ask(never())), chunks)));
      expect(outcome === "answers" ? chunks : outcome).toEqual(expected);
    });
  });

  test.each(["hang", "reset"])("usage that never comes (%s) does not spoil a complete answer", async (how) => {
    const reply = (res: ServerResponse) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.write(`data: ${JSON.stringify(openaiEnd("stop"))}\n\n`);
      if (how === "reset") setTimeout(() => res.socket?.resetAndDestroy(), 40);
    };
    await withServer(reply, async (url) => {
      const openai = createOpenai({ apiKey: KEY, baseUrl: url, sandbox: true });
      expect(await collect(openai.stream(ask(AbortSignal.timeout(5_000))))).toEqual(answered("stop"));
    });
  });

  test("failures of simultaneous calls are not mistaken for one another", async () => {
    const calls = Array.from({ length: 8 }, (_, i) => {
      const dead = i % 2 === 0;
      if (!dead) sandbox.fail("gemini", { kind: "cut-reset", afterDeltas: 3 });
      return outcomeOf(
        collect(
          createGemini({ apiKey: KEY, baseUrl: `${dead ? deadEnd : sandbox.url}/gemini`, sandbox: true }).stream(
            ask(never()),
          ),
        ),
      );
    });
    const kinds = (await Promise.all(calls)).map((outcome) => typeof outcome !== "string" && outcome.kind);
    expect(kinds).toEqual(["connect", "reset", "connect", "reset", "connect", "reset", "connect", "reset"]);
  });
});

const replicateAt = (url: string, apiToken = KEY, pollFetch?: typeof fetch): ImageProvider =>
  createReplicate({ apiToken, baseUrl: `${url}/replicate/v1`, sandbox: true, pollFetch });

const cloudinaryAt = (url: string, account = "sandbox:sandbox"): ImageStore =>
  createCloudinary({ url: `cloudinary://${account}@inkwell`, uploadPrefix: `${url}/cloudinary`, sandbox: true });

function order(signal = never(), changes: Partial<PredictionRequest> = {}): PredictionRequest {
  return { model: "contract/image-model", prompt: SECRET_PROMPT, aspectRatio: "1:1", count: 1, signal, ...changes };
}

/** The prediction once it has ended. */
async function ended(provider: ImageProvider, id: string) {
  for (let tries = 0; tries < 200; tries += 1) {
    const prediction = await provider.get(id, never());
    if (prediction.status !== "starting" && prediction.status !== "processing") return prediction;
    await wait(10);
  }
  throw new Error("The prediction did not end.");
}

const square = (colour: string) =>
  sharp({ create: { width: 32, height: 32, channels: 3, background: colour } })
    .png()
    .toBuffer();

/** Each call of the two image adapters, ready to be made once. */
const imageCalls: {
  call: string;
  provider: SandboxProvider;
  prepare?(): Promise<string>;
  run(signal: AbortSignal, given: string, url?: string): Promise<unknown>;
}[] = [
  {
    call: "create",
    provider: "replicate",
    run: (signal, _, url = sandbox.url) => replicateAt(url).create(order(signal)),
  },
  {
    call: "get",
    provider: "replicate",
    prepare: async () => (await replicateAt(sandbox.url).create(order())).id,
    run: (signal, id, url = sandbox.url) => replicateAt(url).get(id, signal),
  },
  {
    call: "cancel",
    provider: "replicate",
    prepare: async () => (await replicateAt(sandbox.url).create(order())).id,
    run: (signal, id, url = sandbox.url) => replicateAt(url).cancel(id, signal),
  },
  {
    call: "download",
    provider: "replicate",
    prepare: async () => {
      const provider = replicateAt(sandbox.url);
      return (await ended(provider, (await provider.create(order())).id)).outputUrls[0] ?? "";
    },
    run: (signal, address, url = sandbox.url) => replicateAt(url).download(address.replace(sandbox.url, url), signal),
  },
  {
    call: "upload",
    provider: "cloudinary",
    run: async (signal, _, url = sandbox.url) =>
      cloudinaryAt(url).upload("contract/one", await square("#d8412f"), signal),
  },
  {
    call: "remove",
    provider: "cloudinary",
    run: (signal, _, url = sandbox.url) => cloudinaryAt(url).remove("contract/one", signal),
  },
];

const requestFaults: { kind: ChatFaultKind; expected: Outcome }[] = [
  { kind: "status", expected: { kind: "status", status: 503 } },
  { kind: "hang", expected: "waits" },
  { kind: "headers-then-hang", expected: "waits" },
  { kind: "reset", expected: { kind: "reset" } },
  { kind: "malformed", expected: { kind: "malformed" } },
  { kind: "html", expected: { kind: "malformed" } },
  { kind: "delay", expected: "answers" },
];

describe.each(imageCalls)("$provider $call", ({ provider, prepare, run }) => {
  let given: string;
  beforeEach(async () => {
    given = (await prepare?.()) ?? "";
    sandbox.reset();
  });

  test.each(requestFaults)("$kind", async ({ kind, expected }) => {
    sandbox.fail(provider, { kind, delayMs: 10 });
    const signal = expected === "waits" ? abortsAfter(() => sandbox.requests(provider).length > 0) : never();
    const outcome = await outcomeOf(run(signal, given));
    if (typeof expected === "string") expect(outcome).toBe(expected);
    else expect(outcome).toMatchObject(expected);
    if (expected === "waits") await expectUpstreamClosed(provider);
    // The SDKs would repeat what failed, paid orders included.
    expect(sandbox.requests(provider)).toHaveLength(1);
  });

  test.each([429, 500, 503])("HTTP %i arrives once", async (status) => {
    sandbox.fail(provider, { kind: "status", status, times: 100 });
    expect(await outcomeOf(run(never(), given))).toMatchObject({ kind: "status", status });
    await wait(20);
    expect(sandbox.requests(provider)).toHaveLength(1);
  });

  test("an aborted signal makes no call", async () => {
    expect(await rejectionOf(run(AbortSignal.abort(OURS), given))).toBe(OURS);
    await wait(20);
    expect(sandbox.requests(provider)).toEqual([]);
  });

  test("an unreachable provider is a failure to connect", async () => {
    expect(await outcomeOf(run(never(), given, deadEnd))).toEqual({ kind: "connect" });
  });
});

describe("replicate", () => {
  test("makes the images that were ordered, and tells how far it is", async () => {
    sandbox.setPace({ imageMs: 800 });
    const provider = replicateAt(sandbox.url);
    const made = await provider.create(order(never(), { aspectRatio: "16:9", count: 2, seed: 42 }));
    expect(made).toMatchObject({ status: "starting", outputUrls: [], blocked: false });
    await expect
      .poll(() => provider.get(made.id, never()), { interval: 20 })
      .toMatchObject({
        status: "processing",
        percent: expect.toSatisfy((percent: number) => percent > 0 && percent < 100),
      });
    const done = await ended(provider, made.id);
    expect(done).toMatchObject({ status: "succeeded", percent: 100, blocked: false });
    expect(done.outputUrls).toHaveLength(2);
    const image = await provider.download(done.outputUrls[0] ?? "", never());
    expect(await sharp(image).metadata()).toMatchObject({ format: "webp", width: 1344, height: 768 });
    expect(sandbox.requests("replicate")[0]).toMatchObject({
      method: "POST",
      path: "/v1/models/contract/image-model/predictions",
      body: { input: { prompt: SECRET_PROMPT, aspect_ratio: "16:9", num_outputs: 2, seed: 42, output_format: "webp" } },
    });
  });

  test("is asked to tell of the end, and of nothing else, when there is somewhere to tell it", async () => {
    const webhookUrl = "https://inkwell.example.org/api/webhooks/replicate";
    const provider = createReplicate({
      apiToken: KEY,
      baseUrl: `${sandbox.url}/replicate/v1`,
      sandbox: true,
      webhookUrl,
    });
    await provider.create(order());
    await replicateAt(sandbox.url).create(order());
    const [told, silent] = sandbox.requests("replicate");
    expect(told?.body).toMatchObject({ webhook: webhookUrl, webhook_events_filter: ["completed"] });
    expect(silent?.body).not.toHaveProperty("webhook");
    expect(silent?.body).not.toHaveProperty("webhook_events_filter");
  });

  test("a refused prompt is blocked, a broken job is merely failed", async () => {
    const provider = replicateAt(sandbox.url);
    sandbox.fail("replicate", { kind: "blocked" });
    sandbox.fail("replicate", { kind: "error-event" });
    const refused = await ended(provider, (await provider.create(order())).id);
    expect(refused).toMatchObject({ status: "failed", blocked: true, outputUrls: [] });
    const broken = await ended(provider, (await provider.create(order())).id);
    expect(broken).toMatchObject({ status: "failed", blocked: false, outputUrls: [] });
  });

  test("a job that stalls stays in processing until it is cancelled", async () => {
    const provider = replicateAt(sandbox.url);
    sandbox.fail("replicate", { kind: "stall" });
    const { id } = await provider.create(order());
    await wait(90);
    expect(await provider.get(id, never())).toMatchObject({ status: "processing" });
    await provider.cancel(id, never());
    expect(await provider.get(id, never())).toMatchObject({ status: "canceled", outputUrls: [] });
  });

  test("Retry-After is read, a wrong token is a 401, an unknown prediction a 404", async () => {
    sandbox.fail("replicate", { kind: "status", status: 429, retryAfter: 3 });
    const provider = replicateAt(sandbox.url);
    expect(await outcomeOf(provider.create(order()))).toEqual({ kind: "status", status: 429, retryAfterMs: 3_000 });
    const wrong = replicateAt(sandbox.url, "invalid");
    expect(await outcomeOf(wrong.create(order()))).toMatchObject({ kind: "status", status: 401 });
    const unknown = provider.get("0".repeat(26), never());
    expect(await outcomeOf(unknown)).toMatchObject({ kind: "status", status: 404 });
  });

  test("failures leak neither token nor prompt", async () => {
    sandbox.fail("replicate", { kind: "status", status: 422 });
    const error = await rejectionOf(replicateAt(sandbox.url).create(order()));
    expect(error).toBeInstanceOf(ProviderError);
    expect(printed(error)).not.toContain(KEY);
    expect(printed(error)).not.toContain("heliotropes");
  });

  test.each([
    ["announced", { "content-length": String(26 * 1024 * 1024) }, 1],
    ["not announced", {}, 26],
  ])("an image above 25 MB is refused when its size is %s", async (_, headers, megabytes) => {
    const oversized: typeof fetch = async () => {
      const body = new ReadableStream<Uint8Array>({
        start(stream) {
          for (let i = 0; i < megabytes; i += 1) stream.enqueue(new Uint8Array(1024 * 1024));
          stream.close();
        },
      });
      return new Response(body, { headers: { "content-type": "image/webp", ...headers } });
    };
    const provider = replicateAt(sandbox.url, KEY, oversized);
    const download = provider.download("https://replicate.delivery/x.webp", never());
    expect(await outcomeOf(download)).toEqual({ kind: "malformed" });
  });

  test("outside the sandbox nothing is downloaded without TLS", async () => {
    const real = createReplicate({ apiToken: KEY, sandbox: false });
    expect(await outcomeOf(real.download(`${sandbox.url}/replicate/files/x`, never()))).toEqual({ kind: "malformed" });
    expect(sandbox.requests("replicate")).toEqual([]);
  });
});

describe("cloudinary", () => {
  test("stores an image that can then be fetched, in any width", async () => {
    const store = cloudinaryAt(sandbox.url);
    const stored = await store.upload("inkwell/picture-1", await square("#4f8ca3"), never());
    expect(stored).toMatchObject({ publicId: "inkwell/picture-1", width: 32, height: 32, format: "png" });
    const variant = await fetch(imageVariantUrl(stored.url, { width: 16 }), { headers: { accept: "image/webp" } });
    expect(variant.headers.get("content-type")).toBe("image/webp");
    expect(await sharp(Buffer.from(await variant.arrayBuffer())).metadata()).toMatchObject({ width: 16, height: 16 });
  });

  test("storing the same id again replaces the image; removing it twice is harmless", async () => {
    const store = cloudinaryAt(sandbox.url);
    const first = await store.upload("inkwell/twice", await square("#000000"), never());
    const again = await store.upload("inkwell/twice", await square("#ffffff"), never());
    expect(again.publicId).toBe(first.publicId);
    expect(again.url).not.toBe(first.url);
    const { channels } = await sharp(Buffer.from(await (await fetch(again.url)).arrayBuffer())).stats();
    expect(channels[0]?.mean).toBe(255);
    await store.remove("inkwell/twice", never());
    await store.remove("inkwell/twice", never());
    expect((await fetch(again.url)).status).toBe(404);
  });

  test("a wrong secret and a wrong key are 401s, and say nothing of either", async () => {
    const error = await rejectionOf(
      cloudinaryAt(sandbox.url, "key:wrong-secret").upload("x", await square("#fff"), never()),
    );
    expect(await outcomeOf(Promise.reject(error))).toEqual({ kind: "status", status: 401 });
    expect(printed(error)).not.toContain("wrong-secret");
    const wrongKey = cloudinaryAt(sandbox.url, "invalid:sandbox").remove("x", never());
    expect(await outcomeOf(wrongKey)).toEqual({ kind: "status", status: 401 });
  });

  test("what is no image is refused by Cloudinary", async () => {
    const upload = cloudinaryAt(sandbox.url).upload("x", Buffer.from("plain text"), never());
    expect(await outcomeOf(upload)).toEqual({ kind: "status", status: 400 });
  });

  test.each([
    { answer: "a signed answer", publicId: "mine", secret: "sandbox", expected: "answers" },
    { answer: "a forged signature", publicId: "mine", secret: "guessed", expected: { kind: "malformed" } },
    { answer: "another image's answer", publicId: "other", secret: "sandbox", expected: { kind: "malformed" } },
  ])("$answer: $expected", async ({ publicId, secret, expected }) => {
    const signature = createHash("sha1").update(`public_id=${publicId}&version=7${secret}`).digest("hex");
    const image = { width: 1, height: 1, bytes: 1, format: "png", secure_url: "https://example.com/a.png" };
    await withServer(
      (res) => {
        res.writeHead(200, { "content-type": "application/json" });
        res.end(JSON.stringify({ ...image, public_id: publicId, version: 7, signature }));
      },
      async (url) => {
        expect(await outcomeOf(cloudinaryAt(url).upload("mine", await square("#fff"), never()))).toEqual(expected);
      },
    );
  });

  test.each(["", "https://key:secret@cloud", "cloudinary://cloud", "cloudinary://key@cloud"])(
    "%j is no Cloudinary URL",
    (url) => {
      expect(() => createCloudinary({ url, sandbox: false })).toThrow("cloudinary://key:secret@cloud");
    },
  );
});

/** A fault out of a table, whose kinds are typed as plain strings. */
function faultOf({ kind, ...rest }: Omit<Fault, "kind"> & { kind: string }): Fault {
  const known = Object.keys(streamFaults).find((name): name is ChatFaultKind => name === kind);
  if (!known) throw new Error(`no fault ${kind}`);
  return { kind: known, ...rest };
}
