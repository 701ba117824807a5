import { AuditEntry, SettingsVersion } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { newId } from "@/server/lib/ids";
import { registerUser } from "@/server/services/account/register-user";
import { sendMessage } from "@/server/services/chat/send-message";
import { getBalance } from "@/server/services/credits/get-balance";
import { quoteFor } from "@/server/services/credits/quote";
import { takeUserToken } from "@/server/services/limits/take-token";
import { type Settings, saveSettingsInput } from "@/shared/settings";
import { collect, generate, message, never, person, sandbox, send, the } from "../../../../tests/studio";
import { currentSettings, readSettings } from "./current-settings";
import { hasFeature } from "./features";
import { listSettings, saveSettings } from "./save-settings";

beforeEach(async () => {
  sandbox().reset();
  await SettingsVersion.deleteMany();
  // A process that has just begun.
  Reflect.deleteProperty(globalThis, Symbol.for("inkwell.settings"));
});

const operator = (): Promise<Actor> => person({ role: "ADMIN" });

/** Saves the settings in force with some of them changed. */
async function change(actor: Actor, changes: Partial<Settings>) {
  const { version, values } = await readSettings();
  return saveSettings(actor, { version, values: { ...values, ...changes }, note: "" });
}

const chatFast = (price: number) => ({ prices: { ...currentSettings().prices, chatFast: price } });
const quote = async ({ user }: Actor) => (await quoteFor(user.id, { kind: "chat", model: "fast" })).cost;

describe("saving", () => {
  test("makes a new version, in force at once, with who, when and what was changed", async () => {
    const admin = await operator();
    const saved = await saveSettings(admin, {
      version: 0,
      values: { ...currentSettings(), signUpBonus: 25 },
      note: "A warmer welcome",
    });
    expect(saved).toMatchObject({ version: 1, changedBy: admin.user.id, note: "A warmer welcome" });
    expect(currentSettings().signUpBonus).toBe(25);
    expect(await AuditEntry.find({ action: "settings.save", actor: admin.user.id }).lean()).toMatchObject([
      { before: { signUpBonus: 10 }, after: { signUpBonus: 25 }, requestId: admin.requestId, note: "A warmer welcome" },
    ]);
  });

  test("of ten who save at once one does, and the others are told of it", async () => {
    const admin = await operator();
    const values = currentSettings();
    const attempts = Array.from({ length: 10 }, (_, index) =>
      saveSettings(admin, { version: 0, values: { ...values, signUpBonus: 100 + index }, note: "" }),
    );
    const outcomes = await Promise.allSettled(attempts);
    const refused = outcomes.filter((it) => it.status === "rejected").map(({ reason }) => reason);
    expect(refused).toHaveLength(9);
    for (const error of refused) expect(error).toMatchObject({ code: "CONFLICT" });
    expect(await SettingsVersion.countDocuments()).toBe(1);
    expect(currentSettings().signUpBonus).toBeGreaterThanOrEqual(100);
  });

  test("over a version that somebody else made meanwhile is a conflict, and changes nothing", async () => {
    const admin = await operator();
    const values = currentSettings();
    await change(admin, { signUpBonus: 11 });
    await expect(
      saveSettings(admin, { version: 0, values: { ...values, signUpBonus: 12 }, note: "" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await readSettings()).values.signUpBonus).toBe(11);
  });

  test("an old version's values again brings them back, as a version of its own", async () => {
    const admin = await operator();
    await change(admin, { signUpBonus: 11 });
    await change(admin, { signUpBonus: 12 });
    const { items } = await listSettings({ limit: 10 });
    expect(items.map(({ version, values }) => [version, values.signUpBonus])).toEqual([
      [2, 12],
      [1, 11],
    ]);
    await saveSettings(admin, { version: 2, values: items[1]?.values ?? currentSettings(), note: "Back" });
    expect(await readSettings()).toMatchObject({ version: 3, values: { signUpBonus: 11 } });
  });

  test("history comes in pages, newest first, with the address of who saved", async () => {
    const admin = await operator();
    for (const signUpBonus of [1, 2, 3]) await change(admin, { signUpBonus });
    const first = await listSettings({ limit: 2 });
    const second = await listSettings({ limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ version }) => version)).toEqual([3, 2, 1]);
    expect(first.items[0]?.changedByEmail).toBe(`${admin.user.id.toLowerCase()}@example.org`);
    expect(second.nextCursor).toBeUndefined();
  });

  test("what another process saved holds here from the next reading, and an older version never comes back", async () => {
    const values = { ...currentSettings(), signUpBonus: 77 };
    const saved = { values, changedBy: newId(), note: "", requestId: newId(), at: new Date() };
    await SettingsVersion.insertMany([
      { ...saved, _id: 1, values: { ...values, signUpBonus: 66 } },
      { ...saved, _id: 2 },
    ]);
    await readSettings();
    expect(currentSettings().signUpBonus).toBe(77);
    await SettingsVersion.deleteOne({ _id: 2 });
    await readSettings();
    expect(currentSettings().signUpBonus).toBe(77);
  });
});

test.each<[string, (values: Settings) => unknown, string]>([
  ["a price below zero", (it) => ({ ...it, prices: { ...it.prices, image: -1 } }), "values.prices.image"],
  ["half a credit", (it) => ({ ...it, prices: { ...it.prices, image: 0.5 } }), "values.prices.image"],
  ["a price in words", (it) => ({ ...it, prices: { ...it.prices, image: "1" } }), "values.prices.image"],
  ["no pack", (it) => ({ ...it, packs: [] }), "values.packs"],
  ["a pack for nothing", (it) => ({ ...it, packs: [{ credits: 10, amount: 0 }] }), "values.packs.0.amount"],
  ["two packs alike", (it) => ({ ...it, packs: Array(2).fill({ credits: 10, amount: 100 }) }), "values.packs"],
  [
    "more than everybody",
    (it) => ({ ...it, features: { ...it.features, smart: { on: true, percent: 101 } } }),
    "values.features.smart.percent",
  ],
  [
    "a banner without words",
    (it) => ({ ...it, maintenance: { on: true, message: " " } }),
    "values.maintenance.message",
  ],
  ["a provider twice", (it) => ({ ...it, chatProviders: Array(2).fill(it.chatProviders[0]) }), "values.chatProviders"],
  ["a setting nobody knows", (it) => ({ ...it, discount: 5 }), "values"],
])("%s is refused, and the field is named", (_, spoil, field) => {
  const parsed = saveSettingsInput.safeParse({ version: 0, values: spoil(currentSettings()), note: "" });
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toContain(field);
});

describe("a new price", () => {
  test("is quoted at once, while what is running keeps the price it began with", async () => {
    const [admin, asker] = [await operator(), await person({ credits: 10 })];
    const question = message();
    sandbox().fail("gemini", { kind: "delay", delayMs: 800, body: question.content });
    const answer = await sendMessage(asker, question, never());
    await change(admin, chatFast(4));
    expect(await quote(asker)).toBe(4);
    const done = the(await collect(answer), "done");
    expect(done).toMatchObject({ charged: 1, balance: { available: 9, held: 0 } });
    expect(the(await send(asker), "done")).toMatchObject({ charged: 4, balance: { available: 5, held: 0 } });
  });

  test("is agreed to anew by whoever was shown the old one", async () => {
    const [admin, asker] = [await operator(), await person()];
    await change(admin, chatFast(2));
    await expect(send(asker, { expectedCost: 1 })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("2 credits"),
    });
    expect(await getBalance(asker.user.id)).toMatchObject({ available: 10, held: 0 });
  });
});

test("a provider that is switched off is not asked, and another answers in its own name", async () => {
  const [admin, asker] = [await operator(), await person()];
  const chatProviders = currentSettings().chatProviders.map((it) => ({ ...it, on: it.name !== "gemini" }));
  await change(admin, { chatProviders });
  expect(the(await send(asker), "done").message).toMatchObject({ provider: "openai", fallback: false });
  expect(sandbox().requests("gemini")).toEqual([]);
});

test("who is asked first, and for which model, follows the settings", async () => {
  const [admin, asker] = [await operator(), await person()];
  const chatProviders = currentSettings()
    .chatProviders.map((it) => ({ ...it, fast: `${it.name}-of-tomorrow` }))
    .toReversed();
  await change(admin, { chatProviders });
  expect(the(await send(asker), "done").message).toMatchObject({ provider: "openai", model: "openai-of-tomorrow" });
});

test("a limit that was lowered holds from the next request", async () => {
  const [admin, asker] = [await operator(), await person()];
  const { limits } = currentSettings();
  await change(admin, { limits: { ...limits, USER: { ...limits.USER, imagesPerRequest: 3 } } });
  expect(the(await generate(asker, { count: 3 }), "done")).toMatchObject({ charged: 3 });
  await change(admin, { limits });
  await expect(generate(asker, { count: 3 })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(takeUserToken("chat", asker.user, asker.log)).resolves.toBeUndefined();
});

test("while registration is closed nobody opens an account", async () => {
  await change(await operator(), { registrationOpen: false });
  const registration = registerUser(
    { email: `${newId().toLowerCase()}@example.org`, password: "correct horse battery" },
    { address: "192.0.2.77", requestId: newId() },
  );
  await expect(registration).rejects.toMatchObject({ code: "FORBIDDEN" });
});

describe("a feature rolled out to a share of the people", () => {
  const people = Array.from({ length: 2_000 }, () => newId());
  const having = () => new Set(people.filter((id) => hasFeature("images", id)));
  const rollOut = async (percent: number, on = true) =>
    change(await operator(), { features: { ...currentSettings().features, images: { on, percent } } });

  test("is on for about that share: the same people each time, and all of them still when it grows", async () => {
    await rollOut(50);
    const half = having();
    expect(half.size).toBeGreaterThan(880);
    expect(half.size).toBeLessThan(1_120);
    expect(having()).toEqual(half);
    await rollOut(75);
    const more = having();
    expect(more.size).toBeGreaterThan(half.size);
    expect([...half].filter((id) => !more.has(id))).toEqual([]);
    await rollOut(100);
    expect(having().size).toBe(people.length);
    await rollOut(100, false);
    expect(having().size).toBe(0);
  });

  test("refuses the others before anything is held", async () => {
    await rollOut(0);
    const asker = await person();
    await expect(generate(asker)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await getBalance(asker.user.id)).toMatchObject({ available: 10, held: 0 });
  });
});
