import { Instance, ProviderCall } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/env";
import { newId } from "@/server/lib/ids";
import { providersReport } from "@/shared/operations";
import { generate, person, sandbox, send, the } from "../../../../tests/studio";
import { reportProviders as report } from "./report-providers";

beforeEach(async () => {
  sandbox().reset();
  await ProviderCall.deleteMany({});
  await Instance.deleteMany({});
});

/** As the panel is sent it: what does not fit the contract would be refused there. */
const reportProviders = async () => providersReport.parse(await report());

async function healthOf(name: string, model: string) {
  const provider = (await reportProviders()).providers.find((it) => it.name === name);
  return { provider, row: provider?.models.find((it) => it.model === model) };
}

const call = (fields: object) => ({
  _id: newId(),
  requestId: "request-1",
  at: new Date(),
  provider: "gemini",
  model: env.GEMINI_MODEL_FAST,
  kind: "chat" as const,
  outcome: "answered" as const,
  ms: 100,
  costMicros: 10,
  sandbox: true,
  ...fields,
});

describe("the report on providers", () => {
  test("lists every provider, what it is asked with, and that the sandbox stands in", async () => {
    const { providers, instances } = await reportProviders();
    expect(providers.map(({ name, kind, configured, sandbox, on }) => [name, kind, configured, sandbox, on])).toEqual([
      ["gemini", "chat", true, true, true],
      ["openai", "chat", true, true, true],
      ["replicate", "image", true, true, true],
      ["cloudinary", "storage", true, true, true],
      ["paypal", "payments", true, true, true],
    ]);
    expect(providers[0]?.models.map(({ model, tier, calls }) => [model, tier, calls])).toEqual([
      [env.GEMINI_MODEL_FAST, "fast", 0],
      [env.GEMINI_MODEL_SMART, "smart", 0],
    ]);
    expect(instances).toHaveLength(1);
    expect(instances[0]?.memoryBytes).toBeGreaterThan(1_000_000);
  });

  test("counts what was called a moment ago: answers, failures by class, costs", async () => {
    sandbox().fail("gemini", { kind: "status", status: 503, times: 2 });
    const asker = await person();
    the(await send(asker), "done");
    the(await generate(asker), "done");
    expect((await healthOf("gemini", env.GEMINI_MODEL_FAST)).row).toMatchObject({
      calls: 2,
      failed: 2,
      p50Ms: null,
      errors: [{ failure: "503", count: 2 }],
      costMicros: 0,
    });
    const { row } = await healthOf("openai", env.OPENAI_MODEL_FAST);
    expect(row).toMatchObject({ calls: 1, failed: 0, errors: [] });
    expect(row?.firstTokenP50Ms).toBeGreaterThanOrEqual(0);
    expect(row?.costMicros).toBeGreaterThan(0);
    expect((await healthOf("replicate", env.REPLICATE_MODEL)).row).toMatchObject({ calls: 1, costMicros: 3_000 });
    expect((await healthOf("cloudinary", "storage")).row).toMatchObject({ calls: 1, costMicros: 0 });
  });

  test("says how long calls take by those that were answered, and does not count rests as calls", async () => {
    const answered = Array.from({ length: 100 }, (_, n) => call({ ms: n + 1, firstTokenMs: n + 1 }));
    await ProviderCall.insertMany([
      ...answered,
      call({ outcome: "failed", failure: "timeout", ms: 10_000 }),
      call({ outcome: "resting", ms: 0, costMicros: 0 }),
      call({ at: new Date(Date.now() - 25 * 3_600_000), ms: 99_999 }),
    ]);
    expect((await healthOf("gemini", env.GEMINI_MODEL_FAST)).row).toMatchObject({
      calls: 101,
      failed: 1,
      p50Ms: 50,
      p95Ms: 95,
      firstTokenP50Ms: 50,
      costMicros: 1_010,
      errors: [
        { failure: "resting", count: 1 },
        { failure: "timeout", count: 1 },
      ],
    });
  });

  test("shows for each running process whether it leaves a model alone, and forgets those that are gone", async () => {
    const name = `gemini/${env.GEMINI_MODEL_FAST}`;
    const process = { startedAt: new Date(), memoryBytes: 1, running: 0, breakers: [{ name, state: "open" as const }] };
    sandbox().fail("gemini", { kind: "status", status: 503, times: 1_000 });
    for (let asked = 0; asked < 12; asked += 1) the(await send(await person()), "done");
    await Instance.insertMany([
      { _id: "another", seenAt: new Date(), ...process },
      { _id: "gone", seenAt: new Date(Date.now() - 60_000), ...process },
    ]);
    const { row } = await healthOf("gemini", env.GEMINI_MODEL_FAST);
    expect(row?.breakers.map(({ state }) => state)).toEqual(["open", "open"]);
    const smart = await healthOf("gemini", env.GEMINI_MODEL_SMART);
    expect(smart.row?.breakers.map(({ state }) => state)).toEqual(["closed", "closed"]);
    expect((await reportProviders()).instances.map(({ id }) => id)).not.toContain("gone");
  });

  test("looks at no more than the last 10,000 calls, by the index over time, and says how far that reaches", async () => {
    const newest = Date.now();
    const calls = Array.from({ length: 10_500 }, (_, n) => call({ at: new Date(newest - n * 1_000) }));
    await ProviderCall.insertMany(calls, { lean: true });
    const { since, providers } = await reportProviders();
    expect(since).toEqual(new Date(newest - 9_999 * 1_000));
    expect(providers[0]?.models[0]?.calls).toBe(10_000);
    const found = ProviderCall.find({ at: { $gte: since } }).sort({ at: -1 });
    const plan = JSON.stringify(await found.explain());
    expect(plan).toContain("IXSCAN");
    expect(plan).not.toContain('"SORT"');
  });
});
