import { Generation, Image, Operation } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { getBalance } from "@/server/services/credits/get-balance";
import {
  bookProblems,
  collect,
  eventually,
  generate,
  never,
  newKey,
  person,
  picture,
  sandbox,
  the,
} from "../../../../tests/studio";
import { cancelGeneration, removeImage, restoreImage } from "./change-image";
import { generateImage } from "./generate-image";
import { getGeneration, getImage } from "./get-image";
import { listImages } from "./list-images";

beforeEach(() => sandbox().reset());

const library = (userId: string, fields: object = {}) => listImages(userId, { limit: 20, removed: false, ...fields });
const orders = () =>
  sandbox()
    .requests("replicate")
    .filter(({ method }) => method === "POST");

test("a worker that wakes up after another one delivered its images changes nothing, and says nothing of the price", async () => {
  sandbox().fail("replicate", { kind: "slow", delayMs: 600 });
  const actor = await person();
  const making = generate(actor);
  const { _id } = await eventually(async () => {
    const generation = await Generation.findOne({ userId: actor.user.id, predictionId: { $exists: true } }).lean();
    if (!generation) throw new Error("not ordered yet");
    return generation;
  });
  // As another worker leaves it that took it up and delivered.
  await Operation.updateOne({ userId: actor.user.id }, { $set: { owner: "another worker", state: "DONE", cost: 1 } });
  await Generation.updateOne({ _id }, { $set: { status: "complete", charged: 1 } });
  const seen: string[] = [];
  const watching = setInterval(async () => seen.push((await Generation.findById(_id).lean())?.status ?? "gone"), 5);
  const events = await making;
  clearInterval(watching);
  expect(new Set(seen)).toEqual(new Set(["complete"]));
  expect(await getGeneration(actor.user.id, _id)).toMatchObject({ status: "complete", charged: 1 });
  expect(events.filter((event) => event.type === "error" && /nothing was charged/i.test(event.message))).toEqual([]);
});

describe("images", () => {
  test("are made, stored, shown in the library, and cost what was quoted", async () => {
    const actor = await person();
    const events = await generate(actor, { prompt: "A lighthouse in fog", aspectRatio: "16:9" });
    expect(the(events, "start")).toMatchObject({ quotedCost: 1, requestId: actor.requestId });
    expect(events.map((event) => event.type === "progress" && event.status)).toContain("storing");
    const done = the(events, "done");
    expect(done).toMatchObject({ charged: 1, balance: { available: 9, held: 0, owed: 0 } });
    const [image] = done.images;
    expect(image).toMatchObject({ prompt: "A lighthouse in fog", aspectRatio: "16:9", charged: 1, sandbox: true });
    expect(image?.width).toBeGreaterThan(image?.height ?? 0);
    expect(image?.seed).toEqual(expect.any(Number));
    expect((await library(actor.user.id)).items).toEqual([image]);
    const file = await fetch(`${sandbox().url}${image?.url.replace("/api/sandbox-files", "")}`);
    expect(file.headers.get("content-type")).toMatch(/^image\//);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("several at once: each one costs its price", async () => {
    const actor = await person({ role: "SUBSCRIBER" });
    const done = the(await generate(actor, { count: 4 }), "done");
    expect(done.images).toHaveLength(4);
    expect(done.charged).toBe(4);
    expect(new Set(done.images.map(({ url }) => url)).size).toBe(4);
  });

  test("that could not be stored are given back", async () => {
    sandbox().fail("cloudinary", { kind: "status", status: 400, times: 2 });
    const actor = await person({ role: "SUBSCRIBER" });
    const done = the(await generate(actor, { count: 4 }), "done");
    expect(done).toMatchObject({ charged: 2, balance: { available: 8, held: 0 } });
    expect((await library(actor.user.id)).items).toHaveLength(2);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("go on being made when the reader leaves", async () => {
    const actor = await person();
    const leaving = new AbortController();
    for await (const event of await generateImage(actor, picture(), leaving.signal)) {
      if (event.type === "progress") leaving.abort();
    }
    await eventually(async () => expect((await library(actor.user.id)).items).toHaveLength(1));
    await eventually(async () => expect(await getBalance(actor.user.id)).toMatchObject({ available: 9, held: 0 }));
  });
});

describe("nothing is charged", () => {
  const nothing = { available: 10, held: 0, owed: 0 };

  test.each([
    ["replicate", { kind: "status", status: 503 }, "PROVIDER_UNAVAILABLE"],
    ["replicate", { kind: "reset" }, "PROVIDER_UNAVAILABLE"],
    ["replicate", { kind: "error-event" }, "PROVIDER_UNAVAILABLE"],
    ["replicate", { kind: "blocked" }, "CONTENT_BLOCKED"],
    ["cloudinary", { kind: "status", status: 400 }, "PROVIDER_UNAVAILABLE"],
  ] as const)("when %s has a bad day: %o", async (provider, fault, code) => {
    sandbox().fail(provider, fault);
    const actor = await person();
    const events = await generate(actor);
    expect(the(events, "error")).toMatchObject({ code, requestId: actor.requestId });
    expect(await getBalance(actor.user.id)).toEqual(nothing);
    expect((await library(actor.user.id)).items).toEqual([]);
    expect(await Generation.find({ userId: actor.user.id }).lean()).toMatchObject([
      { status: "failed", errorCode: code },
    ]);
    expect(orders().length).toBeLessThanOrEqual(2);
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("when it is canceled", async () => {
    sandbox().setPace({ imageMs: 5_000 });
    const actor = await person();
    const seen = [];
    let generationId = "";
    for await (const event of await generateImage(actor, picture(), never())) {
      seen.push(event);
      if (event.type === "start") generationId = event.generationId;
      if (event.type === "progress" && event.status === "processing") {
        await cancelGeneration(actor.user.id, generationId);
      }
    }
    expect(the(seen, "error").message).toMatch(/canceled/);
    expect(await getBalance(actor.user.id)).toEqual(nothing);
    await eventually(async () =>
      expect(
        orders()
          .map(({ path }) => path)
          .join(),
      ).toContain("/cancel"),
    );
  });
});

test("a provider that refuses again and again is left alone: no order, nothing held, said at once", async () => {
  const actor = await person();
  sandbox().fail("replicate", { kind: "status", status: 503, times: 1_000 });
  for (let asked = 0; asked < 10; asked += 1) await generate(actor);
  expect(orders()).toHaveLength(10);
  expect(the(await generate(actor), "error").code).toBe("PROVIDER_UNAVAILABLE");
  expect(orders()).toHaveLength(10);
  expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
});

test("the same key 10 times at once: one order, one charge", async () => {
  const actor = await person();
  const input = picture();
  const all = await Promise.all(
    Array.from({ length: 10 }, async () => collect(await generateImage(actor, input, never()))),
  );
  expect(orders()).toHaveLength(1);
  expect(new Set(all.map((events) => the(events, "done").images[0]?.id)).size).toBe(1);
  expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 0, owed: 0 });
});

test("a role's limits hold: how many in one request, and how many at once", async () => {
  await expect(generate(await person(), { count: 2 })).rejects.toMatchObject({ code: "FORBIDDEN" });
  sandbox().setPace({ imageMs: 1_500 });
  const actor = await person();
  const first = await generateImage(actor, picture(), never());
  const second = await generateImage(actor, picture(), never());
  await expect(generateImage(actor, picture(), never())).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await Promise.all([collect(first), collect(second)]);
  expect(await getBalance(actor.user.id)).toEqual({ available: 8, held: 0, owed: 0 });
});

test("too few credits is said first, and nothing is ordered", async () => {
  await expect(generate(await person({ credits: 0 }))).rejects.toMatchObject({ code: "INSUFFICIENT_CREDITS" });
  expect(orders()).toEqual([]);
});

describe("the library", () => {
  test("pages, searches by prompt, and forgives", async () => {
    const actor = await person();
    const userId = actor.user.id;
    const word = newKey();
    for (const prompt of [`red boat ${word}`, "blue café", "green boat"]) await generate(actor, { prompt });
    const first = await library(userId, { limit: 2 });
    const second = await library(userId, { limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ prompt }) => prompt)).toEqual([
      "green boat",
      "blue café",
      `red boat ${word}`,
    ]);
    expect(second.nextCursor).toBeUndefined();
    const found = async (search: string) => (await library(userId, { search })).items.map(({ prompt }) => prompt);
    expect(await found("boat")).toEqual(["green boat", `red boat ${word}`]);
    expect(await found("CAFE")).toEqual(["blue café"]);
    expect(await found("boat gre")).toEqual(["green boat"]);
    expect(await found("!!")).toEqual([]);

    const [newest] = first.items;
    await removeImage(userId, newest?.id ?? "");
    expect(await found("green")).toEqual([]);
    expect((await library(userId, { removed: true })).items).toMatchObject([{ id: newest?.id }]);
    await restoreImage(userId, newest?.id ?? "");
    expect(await found("green")).toEqual(["green boat"]);
  });

  test("is its owner's alone, and refuses a made-up cursor", async () => {
    const done = the(await generate(await person()), "done");
    const [image] = done.images;
    const stranger = (await person()).user.id;
    await expect(getImage(stranger, image?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(removeImage(stranger, image?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(getGeneration(stranger, image?.generationId ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await library(stranger)).items).toEqual([]);
    await expect(library(stranger, { cursor: "nonsense" })).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { cursor: [expect.any(String)] },
    });
  });
});

test("an image nobody paid for is never shown", async () => {
  const actor = await person();
  const done = the(await generate(actor), "done");
  await Image.updateOne({ _id: done.images[0]?.id }, { $set: { published: false } });
  expect((await library(actor.user.id)).items).toEqual([]);
  await expect(getImage(actor.user.id, done.images[0]?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
