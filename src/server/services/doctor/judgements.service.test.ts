import mongoose from "mongoose";
import { describe, expect, test } from "vitest";
import { explainDatabaseAbsence, judgeDatabase } from "./check-database";
import { judgeSize, judgeSpace } from "./check-disk";
import { judgeRedis } from "./check-redis";
import { clockSkew } from "./clock-skew";
import type { DatabaseReading } from "./read-database";

const GIB = 1024 ** 3;
const ids = (findings: { id: string }[]) => findings.map(({ id }) => id);

describe("a database that answers", () => {
  const now = new Date();
  const well: DatabaseReading = {
    version: "7.0.14",
    embedded: false,
    writable: true,
    replicated: true,
    at: now,
    asked: [now, now],
    ms: 3,
  };
  const address = "mongodb+srv://user:password@cluster.example.net/inkwell";

  test.each<[what: string, reading: Partial<DatabaseReading>, options: string, found: string[]]>([
    ["is well", {}, "", []],
    ["is too old", { version: "5.0.31" }, "", ["mongodb.old"]],
    ["is a secondary", { writable: false }, "", ["mongodb.read-only"]],
    ["is far away", { ms: 240 }, "", ["mongodb.slow"]],
    ["is alone", { replicated: false }, "", ["mongodb.alone"]],
    ["is the embedded store", { replicated: false, embedded: true, version: "8.0.0", ms: 240 }, "", []],
    ["is read stale", {}, "?retryWrites=true&readConcernLevel=available", ["mongodb.read-concern"]],
    ["is read from a majority", {}, "?readConcernLevel=majority", []],
    ["lives in another time", { at: new Date(now.getTime() - 90_000) }, "", ["clock.skew"]],
  ])("%s", (_, reading, options, expected) => {
    const findings = judgeDatabase({ ...well, ...reading }, address + options);
    expect(ids(findings)).toEqual(expected);
    expect(JSON.stringify(findings)).not.toContain("password@");
  });
});

test.each<[code: number, found: string]>([
  [18, "mongodb.login"],
  [13, "mongodb.login"],
  [8000, "mongodb.login"],
  [40415, "mongodb.away"],
])("a database that refuses with %i", (code, expected) => {
  const refused = new mongoose.mongo.MongoServerError({ message: "user:password@host", code, codeName: "Refused" });
  const finding = explainDatabaseAbsence(new Error("wrapped", { cause: refused }));
  expect(finding.id).toBe(expected);
  expect(JSON.stringify(finding)).not.toContain("password@");
});

describe("a Redis that answers", () => {
  const info = { redis_version: "7.2.4", maxmemory_policy: "noeviction", maxmemory: "0", used_memory: "1000000" };

  test.each<[what: string, changes: Record<string, string>, ms: number, found: string[]]>([
    ["is well", {}, 1, []],
    ["is too old", { redis_version: "6.2.14" }, 1, ["redis.old"]],
    ["throws away what holds", { maxmemory_policy: "allkeys-lfu" }, 1, ["redis.evicts"]],
    ["throws away what is about to end", { maxmemory_policy: "volatile-ttl" }, 1, []],
    ["is nearly full", { maxmemory: "1048576" }, 1, ["redis.full"]],
    ["is far away", {}, 90, ["redis.slow"]],
  ])("%s", (_, changes, ms, expected) => {
    const at = new Date();
    expect(ids(judgeRedis({ at, ms, info: { ...info, ...changes } }, "REDIS_URL"))).toEqual(expected);
  });

  test("is taken for well when it keeps to itself, over the internet too", () => {
    expect(judgeRedis({ at: new Date(), ms: 90, info: {} }, "UPSTASH_REDIS_REST_URL")).toEqual([]);
  });
});

test.each([
  [40 * GIB, []],
  [GIB, ["disk.low"]],
  [100 * 1024 ** 2, ["disk.full"]],
])("%d free bytes", (free, expected) => expect(ids(judgeSpace(free, "/data"))).toEqual(expected));

test.each([
  [3 * GIB, []],
  [5 * GIB, ["embedded.large"]],
])("a store of %d bytes on a machine with 4 GiB", (size, expected) => {
  expect(ids(judgeSize(size, 4 * GIB))).toEqual(expected);
});

test("a clock is right when it may have been so at any time while it was asked", () => {
  const from = new Date("2026-01-01T12:00:00Z");
  const to = new Date("2026-01-01T12:01:00Z");
  expect(clockSkew("somebody", from, [from, to])).toEqual([]);
  expect(clockSkew("somebody", to, [from, to])).toEqual([]);
  expect(clockSkew("somebody", new Date("2026-01-01T12:02:00Z"), [from, to])).toMatchObject([
    { problem: expect.stringContaining("60 s ahead") },
  ]);
  expect(clockSkew("somebody", new Date("2026-01-01T11:58:00Z"), [from, to])).toMatchObject([
    { problem: expect.stringContaining("120 s behind") },
  ]);
});
