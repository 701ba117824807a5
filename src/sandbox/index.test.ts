import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./index";

const QUICK = { msPerToken: 1, firstTokenMs: 1, imageMs: 40 };
let dir: string;
let sandbox: Sandbox;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sandbox-test-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));
beforeEach(async () => {
  sandbox = await startSandbox({ dir, pace: QUICK });
});
afterEach(() => sandbox.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(sandbox.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

const askGemini = (text = "hello", task = "generateContent") =>
  post(
    `/gemini/v1beta/models/m:${task}`,
    { contents: [{ role: "user", parts: [{ text }] }] },
    { "x-goog-api-key": "k" },
  );

const askOpenai = (body: object, key = "k") =>
  post(
    "/openai/v1/chat/completions",
    { model: "m", messages: [{ role: "user", content: "hello" }], ...body },
    {
      authorization: `Bearer ${key}`,
    },
  );

/** Status of a request sent with a `host` header of one's own, which fetch does not allow. */
const statusFor = (host: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    request(`${sandbox.url}/__health`, { headers: { host } }, (res) => resolve(res.resume().statusCode))
      .on("error", reject)
      .end();
  });

test("is healthy", async () => {
  expect((await fetch(`${sandbox.url}/__health`)).status).toBe(200);
  expect((await fetch(`${sandbox.url}/elsewhere`)).status).toBe(404);
});

test("answers only under a loopback name", async () => {
  expect(await statusFor("127.0.0.1:80")).toBe(200);
  expect(await statusFor("localhost")).toBe(200);
  expect(await statusFor("evil.example")).toBe(403);
});

describe("control", () => {
  test("queues faults, lists requests, resets", async () => {
    const fault = { provider: "gemini", kind: "status", status: 429, retryAfter: 7 };
    expect((await post("/__control/faults", fault)).status).toBe(200);
    const failed = await askGemini();
    expect(failed.status).toBe(429);
    expect(await failed.json()).toMatchObject({
      error: {
        code: 429,
        status: "RESOURCE_EXHAUSTED",
        details: [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "7s" }],
      },
    });
    await (await askGemini()).text();
    await (await askOpenai({})).text();
    const list = await (await fetch(`${sandbox.url}/__control/requests?provider=gemini`)).json();
    expect(list).toMatchObject([
      { provider: "gemini", method: "POST", status: 429, completed: true },
      { path: "/v1beta/models/m:generateContent", status: 200, completed: true, closedByClient: false },
    ]);
    await post("/__control/reset", {});
    expect(await (await fetch(`${sandbox.url}/__control/requests`)).json()).toEqual([]);
  });

  test("says which requests are not over, and forgets faults without forgetting anything else", async () => {
    const open = async () => (await fetch(`${sandbox.url}/__control/open`)).json();
    await post("/__control/faults", { provider: "gemini", kind: "hang" });
    await post("/__control/faults", { provider: "openai", kind: "status", times: 9 });
    const leaving = new AbortController();
    const path = "/gemini/v1beta/models/m:generateContent";
    const asked = fetch(sandbox.url + path, { method: "POST", signal: leaving.signal }).catch(() => undefined);
    await expect.poll(open).toMatchObject([{ provider: "gemini", completed: false }]);
    await post("/__control/heal", {});
    expect((await askOpenai({})).status).toBe(200);
    leaving.abort();
    await asked;
    await expect.poll(open).toEqual([]);
    expect(sandbox.requests().map(({ provider }) => provider)).toEqual(["gemini", "openai"]);
  });

  test.each([
    [{ provider: "gemini", kind: "status", sattus: 500 }, "sattus"],
    [{ provider: "gemini", kind: "explode" }, "kind"],
    [{ provider: "nobody", kind: "reset" }, "provider"],
    ["nonsense", "body"],
  ])("refuses the fault %j, naming %s", async (fault, field) => {
    const refused = await post("/__control/faults", fault);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ field, error: expect.stringContaining(field) });
  });

  test("sets the pace, and reset brings the first one back", async () => {
    expect((await post("/__control/pace", { msPerToken: -1 })).status).toBe(400);
    expect((await post("/__control/pace", { speed: 1 })).status).toBe(400);
    const timed = async () => {
      const since = Date.now();
      await (await askOpenai({ stream: true })).text();
      return Date.now() - since;
    };
    await post("/__control/pace", { firstTokenMs: 900 });
    expect(await timed()).toBeGreaterThanOrEqual(895);
    sandbox.reset();
    expect(await timed()).toBeLessThan(895);
  });

  test("takes no plain posts, which any web page could send", async () => {
    const refused = await post("/__control/reset", {}, { "content-type": "text/plain" });
    expect(refused.status).toBe(415);
  });
});

describe("wire formats", () => {
  test("Gemini streams nothing but data events, the last with its finish reason and usage", async () => {
    const text = await (await askGemini("hello", "streamGenerateContent?alt=sse")).text();
    const events = text.split("\n\n").filter(Boolean);
    expect(events.length).toBeGreaterThanOrEqual(13);
    const parsed = events.map((event) => JSON.parse(event.replace(/^data: /, "")));
    expect(parsed.at(-1)).toMatchObject({
      candidates: [{ finishReason: "STOP" }],
      usageMetadata: { promptTokenCount: 2 },
    });
    expect(parsed.at(0).candidates[0].finishReason).toBeUndefined();
  });

  test("OpenAI sends usage only when asked, and ends with [DONE]", async () => {
    const plain = await (await askOpenai({ stream: true })).text();
    const counted = await (await askOpenai({ stream: true, stream_options: { include_usage: true } })).text();
    expect(plain).not.toContain("prompt_tokens");
    expect(counted).toMatch(/"choices":\[\],"usage":\{"prompt_tokens":2/);
    for (const text of [plain, counted]) expect(text).toMatch(/"finish_reason":"stop".*data: \[DONE\]\n\n$/s);
  });

  test("both answer without a stream too", async () => {
    expect(await (await askOpenai({})).json()).toMatchObject({
      object: "chat.completion",
      choices: [{ message: { role: "assistant", content: expect.stringContaining("andbox") }, finish_reason: "stop" }],
    });
    expect(await (await askGemini()).json()).toMatchObject({ candidates: [{ finishReason: "STOP" }] });
  });

  test.each([
    ["/gemini/v1beta/models/m:generateContent", {}],
    ["/openai/v1/chat/completions", {}],
    ["/replicate/v1/models/a/b/predictions", {}],
  ])("%s needs a key", async (path, body) => {
    expect((await post(path, body)).status).toBe(401);
  });

  test("unsafe model names and malformed requests are refused", async () => {
    expect((await askOpenai({ model: "a b" })).status).toBe(400);
    expect((await askOpenai({ messages: [] })).status).toBe(400);
    const gemini = await post("/gemini/v1beta/models/..%2Fx:generateContent", {}, { "x-goog-api-key": "k" });
    expect(gemini.status).toBe(404);
  });
});

test("a caller who hangs up is noted", async () => {
  sandbox.fail("openai", { kind: "stall", afterDeltas: 2 });
  const controller = new AbortController();
  const answer = await fetch(`${sandbox.url}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer k" },
    body: JSON.stringify({ model: "m", stream: true, messages: [{ role: "user", content: "x" }] }),
    signal: controller.signal,
  });
  expect(answer.status).toBe(200);
  controller.abort();
  await expect.poll(() => sandbox.requests("openai")).toMatchObject([{ completed: false, closedByClient: true }]);
});

test("a prediction and its picture outlive a restart", async () => {
  const auth = { authorization: "Bearer k" };
  const input = { prompt: "a fox", aspect_ratio: "1:1", output_format: "png" };
  const made = await (await post("/replicate/v1/models/a/b/predictions", { input }, auth)).json();
  expect(made).toMatchObject({ status: "starting", error: null, output: null, input });
  await sandbox.close();
  sandbox = await startSandbox({ dir, pace: QUICK });
  await wait(50);
  const later = await (await fetch(`${sandbox.url}/replicate/v1/predictions/${made.id}`, { headers: auth })).json();
  expect(later).toMatchObject({ status: "succeeded", logs: expect.stringContaining("100%|") });
  const picture = await fetch(later.output[0]);
  expect(picture.headers.get("content-type")).toBe("image/png");
  const beyond = await fetch(later.output[0].replace("out-0", "out-1"));
  expect(beyond.status).toBe(404);
});

test("an unsigned upload is refused", async () => {
  const form = new FormData();
  form.set("file", new Blob(["x"]));
  const refused = await fetch(`${sandbox.url}/cloudinary/v1_1/demo/image/upload`, { method: "POST", body: form });
  expect(refused.status).toBe(401);
});
