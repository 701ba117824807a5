import parsePrometheusTextFormat from "parse-prometheus-text-format";
import { beforeEach, describe, expect, test, vi } from "vitest";

const TOKEN = "a token for scrapers, long enough";
Object.assign(process.env, { METRICS_TOKEN: TOKEN });
vi.resetModules();
const { GET } = await import("@/app/api/metrics/route");
const { sendMessage } = await import("@/server/services/chat/send-message");
const { env } = await import("@/env");
const { generate, message, never, person, sandbox, send, the } = await import("../../../../tests/studio");
const { buy } = await import("../../../../tests/till");

beforeEach(() => sandbox().reset());

const scrape = (authorization = `Bearer ${TOKEN}`) =>
  GET(new Request("http://localhost:3000/api/metrics", { headers: { authorization } }));

type Labels = Record<string, string>;

/** What is counted now under a name, all series with these labels together. */
async function read() {
  const text = await (await scrape()).text();
  // The parser forgets the labels of histograms; without their type, their series stand for themselves.
  const families = parsePrometheusTextFormat(text.replace(/^# TYPE \S+ histogram$/gm, ""));
  return (name: string, labels: Labels = {}) => {
    const series = families.find((family) => family.name === name)?.metrics ?? [];
    const wanted = series.filter((it) => Object.entries(labels).every(([key, value]) => it.labels?.[key] === value));
    return wanted.reduce((sum, { value }) => sum + Number(value ?? 0), 0);
  };
}

/** By how much each count grows while something happens. */
async function growth(work: () => Promise<unknown>) {
  const before = await read();
  await work();
  const after = await read();
  return (name: string, labels?: Labels) => after(name, labels) - before(name, labels);
}

describe("metrics", () => {
  test("are shown to nobody without the token", async () => {
    for (const authorization of ["", "Bearer wrong", TOKEN, `Bearer ${TOKEN} `.toLowerCase()]) {
      const reply = await scrape(authorization);
      expect(reply.status).toBe(401);
      expect(reply.headers.get("www-authenticate")).toBe("Bearer");
      expect(await reply.text()).not.toContain("inkwell_");
    }
  });

  test("are in Prometheus' text format, with its names and units, the process' own among them", async () => {
    const reply = await scrape();
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const families = parsePrometheusTextFormat(await reply.text());
    expect(families.map(({ name }) => name)).toContain("process_resident_memory_bytes");
    const own = families.filter(({ name }) => name.startsWith("inkwell_"));
    expect(own.length).toBeGreaterThan(20);
    for (const { name, type, help } of own) {
      expect(help, name).toMatch(/\w.*\.$/);
      if (type === "COUNTER") expect(name).toMatch(/_total$/);
      else expect(name).not.toMatch(/_total$/);
      if (type === "HISTOGRAM") expect(name).toMatch(/_seconds$/);
      expect(name).not.toMatch(/_(ms|millis|micros|minutes)(_|$)/);
    }
  });

  test("tell the story of a failed-over answer", async () => {
    sandbox().fail("gemini", { kind: "status", status: 503, times: 2 });
    const grown = await growth(async () => the(await send(await person()), "done"));
    const gemini = { provider: "gemini", model: env.GEMINI_MODEL_FAST };
    const openai = { provider: "openai", model: env.OPENAI_MODEL_FAST };
    expect(grown("inkwell_provider_calls_total", { ...gemini, outcome: "failed", failure: "503" })).toBe(2);
    expect(grown("inkwell_provider_calls_total", { ...openai, outcome: "answered", kind: "chat" })).toBe(1);
    expect(grown("inkwell_provider_calls_total")).toBe(3);
    expect(grown("inkwell_provider_call_duration_seconds_count", { ...gemini, outcome: "failed" })).toBe(2);
    expect(grown("inkwell_provider_first_token_seconds_count", openai)).toBe(1);
    expect(grown("inkwell_provider_tokens_total", { ...openai, direction: "output" })).toBeGreaterThan(0);
    expect(grown("inkwell_provider_cost_usd_total", { ...openai, sandbox: "true" })).toBeGreaterThan(0);
    expect(grown("inkwell_answers_total", { outcome: "complete", fallback: "true", code: "OK" })).toBe(1);
    expect(grown("inkwell_first_token_seconds_count")).toBe(1);
    expect(grown("inkwell_cache_lookups_total", { outcome: "miss" })).toBe(1);
    expect(grown("inkwell_credits_total", { type: "CAPTURE", direction: "taken" })).toBe(1);
  });

  test("show a provider that is left alone", async () => {
    sandbox().fail("gemini", { kind: "status", status: 503, times: 1_000 });
    const gemini = { provider: "gemini", model: env.GEMINI_MODEL_FAST };
    const grown = await growth(async () => {
      for (let asked = 0; asked < 12; asked += 1) the(await send(await person()), "done");
    });
    expect((await read())("inkwell_breaker_state", gemini)).toBe(2);
    expect(grown("inkwell_breaker_changes_total", { ...gemini, state: "open" })).toBe(1);
    expect(grown("inkwell_provider_calls_total", { ...gemini, outcome: "resting" })).toBeGreaterThan(0);
  });

  test("count images, purchases and the credits they bring", async () => {
    const buyer = await person();
    const grown = await growth(async () => {
      the(await generate(buyer), "done");
      await buy(buyer);
    });
    expect(grown("inkwell_image_requests_total", { outcome: "complete" })).toBe(1);
    expect(grown("inkwell_images_total")).toBe(1);
    expect(grown("inkwell_purchases_total", { state: "CREATED" })).toBe(1);
    expect(grown("inkwell_purchases_total", { state: "CREDITED" })).toBe(1);
    expect(grown("inkwell_credits_total", { type: "GRANT", direction: "given" })).toBe(20);
  });

  test("count an answer as followed until its reader has it, or has gone", async () => {
    const actor = await person();
    const begun = await growth(async () => {
      const left = (await sendMessage(actor, message(), never()))[Symbol.asyncIterator]();
      await left.next();
      await left.next();
      expect((await read())("inkwell_open_streams")).toBe(1);
      await left.return?.(undefined);
      the(await send(actor), "done");
    });
    expect(begun("inkwell_open_streams")).toBe(0);
  });
});
