import { beforeEach, describe, expect, test, vi } from "vitest";

Object.assign(process.env, { BREAKER_REST_MS: "600", PROVIDER_RETRY_MIN_MS: "5", PROVIDER_RETRY_MAX_MS: "20" });
vi.resetModules();
const { eventually, person, sandbox, send, the } = await import("../../../../tests/studio");
const { env } = await import("@/env");
const { guardState } = await import("./provider-guard");
const { RetryBudget } = await import("./retry-budget");

beforeEach(() => sandbox().reset());

const MODEL = `gemini/${env.GEMINI_MODEL_FAST}`;
const calls = (provider: "gemini" | "openai") => sandbox().requests(provider).length;
const answeredBy = async () => the(await send(await person()), "done").message.provider;

describe("a provider that fails again and again", () => {
  test("100 at once: all are answered by the other, few second tries, then it is left alone and taken back by itself", async () => {
    sandbox().fail("gemini", { kind: "status", status: 503, times: 1_000 });
    const providers = await Promise.all(Array.from({ length: 100 }, answeredBy));
    expect(new Set(providers)).toEqual(new Set(["openai"]));
    expect(guardState(MODEL)).toBe("open");
    const tried = calls("gemini");
    expect(tried).toBeLessThanOrEqual(100 + 0.2 * 100 + 3);

    sandbox().reset();
    expect(await answeredBy()).toBe("openai");
    expect(calls("gemini")).toBe(0);
    // It is well again: the first call after its rest finds out, and everyone returns to it.
    await eventually(async () => expect(await answeredBy()).toBe("gemini"), 5_000);
    expect(guardState(MODEL)).toBe("closed");
    expect(await answeredBy()).toBe("gemini");
  });

  test("rests longer each time it is tested in vain", async () => {
    sandbox().fail("gemini", { kind: "status", status: 401, times: 1_000 });
    for (let asked = 0; asked < 12; asked += 1) await answeredBy();
    // Our key is wrong; the provider is well.
    expect(guardState(MODEL)).toBe("closed");
    sandbox().reset();
    sandbox().fail("gemini", { kind: "reset", times: 1_000 });
    for (let asked = 0; asked < 12; asked += 1) await answeredBy();
    expect(guardState(MODEL)).toBe("open");
    const tests: number[] = [];
    let known = calls("gemini");
    while (tests.length < 3) {
      expect(await answeredBy()).toBe("openai");
      if (calls("gemini") > known) tests.push(Date.now());
      known = calls("gemini");
    }
    const [first = 0, second = 0, third = 0] = tests;
    expect(second - first).toBeGreaterThanOrEqual(1_200);
    expect(third - second).toBeGreaterThanOrEqual(2_400);
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
