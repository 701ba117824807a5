import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

Object.assign(process.env, {
  BREAKER_REST_MS: "15000",
  PROVIDER_RETRY_MIN_MS: "5",
  PROVIDER_RETRY_MAX_MS: "20",
  // A hundred at once on a busy machine: nothing here is about deadlines.
  CHAT_FIRST_CONTENT_MS: "300000",
  CHAT_GEMINI_FIRST_CONTENT_MS: "300000",
  CHAT_OPENAI_FIRST_CONTENT_MS: "300000",
});
vi.resetModules();
const { person, sandbox, send, the } = await import("../../../../tests/studio");
const { env } = await import("@/env");
const { guardState } = await import("./provider-guard");
const { RetryBudget } = await import("./retry-budget");

const REST_MS = 15_000;

// Time passes only when a test says so: however slow the machine, a rest is not over before it is meant to be.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  sandbox().reset();
});
afterEach(() => vi.useRealTimers());

const MODEL = `gemini/${env.GEMINI_MODEL_FAST}`;
const calls = (provider: "gemini" | "openai") => sandbox().requests(provider).length;
const answeredBy = async () => the(await send(await person()), "done").message.provider;
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe("a provider that fails again and again", () => {
  test("100 at once: all are answered by the other, few second tries, then it is left alone and taken back by itself", async () => {
    sandbox().fail("gemini", { kind: "status", status: 503, times: 1_000 });
    const providers = await Promise.all(Array.from({ length: 100 }, answeredBy));
    expect(new Set(providers)).toEqual(new Set(["openai"]));
    expect(guardState(MODEL)).toBe("open");
    expect(calls("gemini")).toBeLessThanOrEqual(100 + 0.2 * 100 + 3);

    sandbox().reset();
    pass(REST_MS - 1);
    expect(await Promise.all([1, 2, 3].map(answeredBy))).toEqual(["openai", "openai", "openai"]);
    expect(calls("gemini")).toBe(0);
    // It is well again: the first call after its rest finds out, and everyone returns to it.
    pass(1);
    expect(await answeredBy()).toBe("gemini");
    expect(guardState(MODEL)).toBe("closed");
    expect(await answeredBy()).toBe("gemini");
  });

  test("one after the other: a second try is not given to each, and of the rest nobody asks it", async () => {
    sandbox().fail("gemini", { kind: "status", status: 503, times: 1_000 });
    for (let asked = 0; asked < 5; asked += 1) expect(await answeredBy()).toBe("openai");
    // Three second tries are always allowed, and more than that are not a fifth of so few.
    expect(calls("gemini")).toBe(5 + 3);
    for (let asked = 5; asked < 20; asked += 1) expect(await answeredBy()).toBe("openai");
    // Ten calls open the breaker; the three are among them.
    expect(calls("gemini")).toBe(10);
    expect(calls("openai")).toBe(20);
  });

  test("rests longer each time it is tested in vain", async () => {
    sandbox().fail("gemini", { kind: "reset", times: 1_000 });
    for (let asked = 0; asked < 12; asked += 1) await answeredBy();
    expect(guardState(MODEL)).toBe("open");
    for (const restMs of [REST_MS, 2 * REST_MS, 4 * REST_MS, 8 * REST_MS, 8 * REST_MS]) {
      const known = calls("gemini");
      pass(restMs - 1);
      expect(await answeredBy()).toBe("openai");
      expect(calls("gemini")).toBe(known);
      pass(1);
      expect(await answeredBy()).toBe("openai");
      expect(calls("gemini")).toBe(known + 1);
    }
  });

  test("is not thought ill for our own mistakes", async () => {
    sandbox().fail("gemini", { kind: "status", status: 401, times: 1_000 });
    for (let asked = 0; asked < 12; asked += 1) await answeredBy();
    expect(guardState(MODEL)).toBe("closed");
    expect(calls("gemini")).toBe(12);
  });
});

test("second tries: a share of the calls of the last ten seconds, and always a few", () => {
  const budget = new RetryBudget();
  const now = 1_000_000;
  expect([1, 2, 3, 4].map(() => budget.takeRetry(now))).toEqual([true, true, true, false]);
  for (let call = 0; call < 30; call += 1) budget.noteCall(now);
  expect([1, 2, 3, 4].map(() => budget.takeRetry(now))).toEqual([true, true, true, false]);
  expect(budget.takeRetry(now + 10_001)).toBe(true);
});
