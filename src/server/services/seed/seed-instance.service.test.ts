import { Image, Marker, User } from "@models";
import mongoose from "mongoose";
import { beforeAll, expect, test } from "vitest";
import { verifyPassword } from "@/server/auth/passwords";
import { reconcile } from "@/server/services/credits/reconcile";
import { defaultSettings } from "@/server/services/settings/default-settings";
import { readOverview } from "@/server/services/stats/get-overview";
import { person, sandbox } from "../../../../tests/studio";
import { Chance } from "./chance";
import { emptyPast, type Past } from "./past";
import { makeUp, type Seeded, seedInstance } from "./seed-instance";

const few = { seed: 24, add: false, people: 12, days: 40, say: () => undefined };
let seeded: Seeded;

beforeAll(async () => {
  seeded = await seedInstance(few);
}, 240_000);

/** What a seed makes, without writing it anywhere. */
function pastOf(seed: number): Past {
  const now = new Date("2026-03-31T12:00:00Z");
  const past = emptyPast();
  const scene = {
    chance: new Chance(seed),
    from: new Date("2026-01-01T00:00:00Z"),
    now,
    settings: defaultSettings(),
    currency: "USD",
    operator: "seed",
    passwordHash: "",
    plan: { id: "P-1", amount: 800 },
    past,
  };
  makeUp(scene, 20);
  return past;
}

test("an instance full of people has books that are right, down to what PayPal knows of them", async () => {
  const { accounts, purchases, capturesCompared, problems } = await reconcile();
  expect(problems).toEqual([]);
  expect(accounts).toBe(13);
  expect(purchases).toBeGreaterThan(3);
  expect(capturesCompared).toBeGreaterThan(3);
});

test("every document of it is as its model wants it", async () => {
  for (const model of Object.values(mongoose.models)) {
    for (const document of await model.find().lean()) await new model(document).validate();
  }
});

test("its figures are there at once", async () => {
  const { total, now, catchingUp } = await readOverview("day");
  expect(catchingUp).toBe(false);
  expect(now.users).toBe(13);
  expect(total.answers).toBeGreaterThan(20);
  expect(total.images).toBe(seeded.images);
  expect(total.revenue).toBeGreaterThan(0);
});

test("its pictures can be looked at", async () => {
  const image = await Image.findOne().lean();
  const path = image?.url.replace("/api/sandbox-files", "") ?? "";
  const reply = await fetch(new URL(path, sandbox().url));
  expect(reply.headers.get("content-type")).toMatch(/^image\//);
});

test("only its administrator can sign in, with a password made for this instance", async () => {
  const { email = "", password = "" } = seeded.operator ?? {};
  expect(password.length).toBeGreaterThanOrEqual(16);
  const admin = await User.findOne({ email }).lean();
  expect(admin?.role).toBe("ADMIN");
  expect(await verifyPassword(admin?.passwordHash, password)).toBe(true);
  expect(await Marker.findById("first-admin").lean()).toMatchObject({ userId: admin?._id, applied: true });
  const others = await User.find({ role: { $ne: "ADMIN" } }).lean();
  expect(new Set(others.map(({ passwordHash }) => passwordHash)).size).toBe(1);
  expect(await verifyPassword(others[0]?.passwordHash, password)).toBe(false);
  expect(others.every((user) => user.email.endsWith("@example.org"))).toBe(true);
});

test("is not mixed with real people unless that is asked for, and nobody is added twice", async () => {
  await expect(seedInstance(few)).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("--add"),
  });
  await expect(seedInstance({ ...few, add: true })).rejects.toMatchObject({
    message: expect.stringContaining("--seed"),
  });
  await person();
  const { operator, people } = await seedInstance({ ...few, seed: 5, people: 3, add: true });
  expect({ operator, people }).toEqual({ operator: undefined, people: 3 });
  expect(await User.countDocuments({ role: "ADMIN" })).toBe(1);
  expect((await reconcile()).problems).toEqual([]);
});

test("the same number makes the same people with the same past, another one others", () => {
  const [once, again] = [JSON.stringify(pastOf(7)), JSON.stringify(pastOf(7))];
  expect(once === again).toBe(true);
  expect(pastOf(7).users.map(({ name }) => name)).not.toEqual(pastOf(8).users.map(({ name }) => name));
});
