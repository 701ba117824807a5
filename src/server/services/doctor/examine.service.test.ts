import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Account, Instance, LedgerEntry, Operation, Purchase, SettingsVersion, User, WebhookEvent } from "@models";
import mongoose from "mongoose";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { PROVIDER_SET_UPS } from "../../../../tests/doctor/set-ups-providers";
import { SERVICE_SET_UPS } from "../../../../tests/doctor/set-ups-services";
import { VARIABLE_SET_UPS } from "../../../../tests/doctor/set-ups-variables";
import {
  findingsOf,
  fresh,
  live,
  rerouteProviders,
  restartedWith,
  stranger,
  WEBHOOK_URL,
} from "../../../../tests/doctor/ward";
import { RedisServer } from "../../../../tests/redis-server";
import { person, sandbox } from "../../../../tests/studio";
import type { FindingId } from "./findings";

let redis: RedisServer;
let directory: string;

beforeAll(async () => {
  redis = await RedisServer.create();
  directory = await mkdtemp(join(tmpdir(), "inkwell-ward-"));
});
afterAll(async () => {
  await redis.remove();
  await rm(directory, { recursive: true, force: true });
});
let goStraight: () => void;
beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.setWebhook({ url: WEBHOOK_URL, webhookId: "WH-7" });
  goStraight = rerouteProviders(sandbox());
});
afterEach(async () => {
  goStraight();
  vi.useRealTimers();
  sandbox().paypal.setWebhook({});
  const touched = [Account, Instance, LedgerEntry, Operation, Purchase, SettingsVersion, User, WebhookEvent];
  await Promise.all(touched.map((model) => model.collection.deleteMany({})));
});

describe("a healthy instance is left alone", () => {
  test("one with nothing set", async () => {
    await person();
    expect(await findingsOf({ ...fresh(), DATA_DIR: directory })).toEqual([]);
  });

  test("one in which everything is real", async () => {
    expect(await findingsOf({ ...live(), REDIS_URL: redis.url })).toEqual([]);
    const { examine, redisInUse } = await restartedWith({ ...live(), REDIS_URL: redis.url });
    onTestFinished(async () => redisInUse()?.close());
    const { checks, findings } = await examine({ environment: { ...live(), REDIS_URL: redis.url }, running: false });
    expect(checks).toBeGreaterThan(90);
    expect(findings.map(({ id }) => id)).toEqual(["embedded.one-machine"]);
  });
});

const SET_UPS = [...VARIABLE_SET_UPS, ...PROVIDER_SET_UPS, ...SERVICE_SET_UPS];

describe("a broken set-up is named with its cause and its cure", () => {
  test.each(SET_UPS)("$name", async ({ set = live, breakIt, running, checkMs, finds, about, fix }) => {
    const ward = {
      redis,
      directory,
      afterwards: (mend: () => Promise<unknown>) => onTestFinished(async () => void (await mend())),
    };
    await breakIt?.(ward);
    const findings = await findingsOf(set(ward), { running, checkMs });
    const named = findings.find(({ id }) => id === finds);
    expect(named, JSON.stringify(findings)).toBeDefined();
    expect(named?.subject).toMatch(about);
    expect(named?.fix).toMatch(fix);
    // What follows from the cause may be named too, and nothing else is.
    expect(findings.filter(({ id }) => id !== finds && !FOLLOWS[finds]?.includes(id))).toEqual([]);
    const secrets = Object.entries(set(ward)).filter(([name]) => /KEY|TOKEN|SECRET|CLOUDINARY/.test(name));
    for (const [, secret] of secrets) if (secret) expect(JSON.stringify(findings)).not.toContain(secret);
  });

  test("something else at the address people open", async () => {
    const { url, server } = await stranger();
    onTestFinished(() => void server.close());
    const findings = await findingsOf({ ...fresh(), NEXTAUTH_URL: url, PORT: new URL(url).port }, { running: true });
    expect(findings).toMatchObject([{ id: "address.elsewhere", subject: "NEXTAUTH_URL" }]);
  });

  test("a sandbox that is away takes every provider with it", async () => {
    const findings = await findingsOf({ ...fresh(), SANDBOX_URL: "http://127.0.0.1:1" });
    expect(findings[0]).toMatchObject({ level: "error" });
    expect(findings.map(({ id }) => id)).toContain("sandbox.away");
  });
});

/** What cannot but be found along with a cause. */
const FOLLOWS: Partial<Record<FindingId, string[]>> = {
  "env.two-redis": ["redis.away"],
};

describe("the doctor's own troubles are findings", () => {
  test("a check that fails, one that hangs, and one that is well", async () => {
    const { examine } = await restartedWith(fresh());
    const { findings } = await examine(
      { environment: fresh(), running: false },
      {
        checkMs: 100,
        checks: [
          { subject: "the broken", look: () => Promise.reject(new Error("password=hunter2")) },
          { subject: "the slow", look: () => new Promise(() => undefined) },
          { subject: "the well", look: async () => [] },
        ],
      },
    );
    expect(findings).toMatchObject([
      { id: "check.failed", subject: "the broken" },
      { id: "check.late", subject: "the slow" },
    ]);
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });

  test("it builds no index, and makes no collection", async () => {
    await mongoose.connection.collection("rollups").drop();
    await findingsOf(fresh());
    const names = (await mongoose.connection.listCollections()).map(({ name }) => name);
    expect(names).not.toContain("rollups");
  });
});
