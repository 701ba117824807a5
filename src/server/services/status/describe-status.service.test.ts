import { Instance, Operation, Purchase } from "@models";
import mongoose from "mongoose";
import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/env";
import { processState } from "@/server/lib/process-state";
import { readSettings } from "@/server/services/settings/current-settings";
import { saveSettings } from "@/server/services/settings/save-settings";
import type { Settings } from "@/shared/settings";
import { generate, newKey, person, sandbox, send } from "../../../../tests/studio";
import { approvedOrder } from "../../../../tests/till";
import { describeStatus, readStatus } from "./describe-status";

beforeEach(async () => {
  sandbox().reset();
  await Promise.all([Operation.deleteMany({}), Instance.deleteMany({}), Purchase.deleteMany({})]);
});

const partOf = async (name: string) => {
  const part = (await readStatus()).parts.find((it) => it.name === name);
  if (!part) throw new Error(`The page has no ${name}.`);
  return part;
};

async function change(values: Partial<Settings>): Promise<void> {
  const { version, values: before } = await readSettings();
  await saveSettings(await person({ role: "ADMIN" }), { version, values: { ...before, ...values }, note: "" });
}

async function instance(...resting: string[]): Promise<void> {
  await Instance.insertOne({
    _id: newKey(),
    startedAt: new Date(),
    seenAt: new Date(),
    memoryBytes: 1,
    running: 0,
    breakers: resting.map((name) => ({ name, state: "open" as const })),
  });
}

describe("the status page", () => {
  test("says that all is well, with the share of what was delivered on each of the last 30 days", async () => {
    const actor = await person();
    await send(actor);
    await generate(actor);
    const { overall, maintenance, parts } = await readStatus();
    expect({ overall, maintenance }).toEqual({ overall: "up", maintenance: null });
    expect(parts.map(({ name, state }) => [name, state])).toEqual([
      ["chat", "up"],
      ["images", "up"],
      ["payments", "up"],
      ["storage", "up"],
      ["database", "up"],
    ]);
    for (const { days } of parts.slice(0, 2)) {
      expect(days).toHaveLength(30);
      expect(days.at(-1)?.delivered).toBe(1);
      expect(days[0]?.delivered).toBeNull();
    }
  });

  test("tells when answers do not come, and that images do", async () => {
    const actor = await person();
    for (let number = 0; number < 5; number += 1) {
      for (const name of ["gemini", "openai"] as const) sandbox().fail(name, { kind: "status", status: 500, times: 3 });
      await send(actor);
      // Nobody is to rest here: what failed has to tell by itself.
      processState("provider-guards", () => new Map()).clear();
    }
    expect(await partOf("chat")).toMatchObject({ state: "down", note: expect.stringContaining("costs nothing") });
    expect((await partOf("chat")).days.at(-1)?.delivered).toBe(0);
    expect(await partOf("images")).toMatchObject({ state: "up" });
    expect(await readStatus()).toMatchObject({ overall: "down" });
  });

  test("is not alarmed by one failure, nor by what the provider declined or nobody could pay", async () => {
    const actor = await person({ credits: 1 });
    sandbox().fail("gemini", { kind: "blocked" });
    await send(actor);
    await send(actor);
    for (let number = 0; number < 5; number += 1) {
      await expect(send(actor)).rejects.toMatchObject({ code: "INSUFFICIENT_CREDITS" });
    }
    expect(await partOf("chat")).toMatchObject({ state: "up" });
  });

  test("tells what the running processes leave alone: one way of several, or all of them", async () => {
    const { chatProviders, imageModel } = (await readSettings()).values;
    const models = chatProviders.flatMap(({ name, fast, smart }) => [`${name}/${fast}`, `${name}/${smart}`]);
    await instance(models[0] ?? "");
    await instance(models[0] ?? "", `replicate/${imageModel}`);
    await instance();
    expect(await partOf("chat")).toMatchObject({ state: "degraded" });
    expect(await partOf("images")).toMatchObject({ state: "up" });
    expect(await readStatus()).toMatchObject({ overall: "degraded" });
    await Instance.deleteMany({});
    await instance(...models, `replicate/${imageModel}`);
    expect(await partOf("chat")).toMatchObject({ state: "down" });
    expect(await partOf("images")).toMatchObject({ state: "down" });
  });

  test("tells of payments that wait for their credits", async () => {
    const orderId = await approvedOrder(await person());
    const createdAt = new Date(Date.now() - 5 * 60_000);
    await Purchase.updateOne({ orderId }, { $set: { state: "CAPTURING", createdAt } });
    expect(await partOf("payments")).toMatchObject({ state: "degraded" });
  });

  test("says what is switched off, and what the operator has to say", async () => {
    const { features, maintenance } = (await readSettings()).values;
    const off = { on: false, percent: 100 };
    await change({
      features: { ...features, images: off, buying: off, subscriptions: off },
      maintenance: { on: true, message: "We move house." },
    });
    expect(await readStatus()).toMatchObject({ overall: "up", maintenance: "We move house." });
    expect(await partOf("images")).toMatchObject({ state: "off" });
    expect(await partOf("payments")).toMatchObject({ state: "off" });
    await change({ features, maintenance });
  });

  test("never says how the service is made", async () => {
    await instance("gemini/a-model");
    expect(JSON.stringify(await readStatus())).not.toMatch(/gemini|openai|replicate|cloudinary|mongo|redis|127\.0/i);
  });

  test("is worked out once for all who look at the same time", async () => {
    const [one, other] = await Promise.all([describeStatus(), describeStatus()]);
    expect(one).toBe(other);
  });

  test("says so while the database is away, with the days it knew", async () => {
    await send(await person());
    await readStatus();
    await mongoose.disconnect();
    try {
      const { overall, parts } = await readStatus();
      expect(overall).toBe("down");
      expect(parts.every(({ state }) => state === "down")).toBe(true);
      expect(parts[0]?.days.at(-1)?.delivered).toBe(1);
    } finally {
      await mongoose.connect(env.MONGODB_URI);
    }
  });
});
