import { beforeEach, describe, expect, test, vi } from "vitest";

Object.assign(process.env, {
  IMAGE_TOTAL_MS: "1000",
  IMAGE_LATE_MS: "8000",
  IMAGE_LATE_POLL_MS: "30",
  LEASE_HEARTBEAT_MS: "200",
  IMAGE_LOOK_MS: "300",
  IMAGE_STORE_MS: "500",
  IMAGE_STORE_RETRY_MS: "50",
  IMAGE_STORE_RETRY_MAX_MS: "100",
});
vi.resetModules();
const { bookProblems, collect, eventually, generate, never, person, picture, sandbox, the } = await import(
  "../../../../tests/studio"
);
const { Generation, Operation } = await import("@models");
const { logger } = await import("@/server/lib/logger");
const { getBalance } = await import("@/server/services/credits/get-balance");
const { sweepOperations } = await import("@/server/services/sweep/sweep-operations");
const { cancelGeneration } = await import("./change-image");
const { generateImage } = await import("./generate-image");
const { getGeneration, listRunning } = await import("./get-image");

beforeEach(() => sandbox().reset());

const untouched = { available: 10, held: 0, owed: 0 };
type Actor = Awaited<ReturnType<typeof person>>;

/** Waits until the person's one generation has come to `status`, and says what it and the balance are then. */
async function comesTo(actor: Actor, status: string) {
  const found = await eventually(async () => {
    const generation = await Generation.findOne({ userId: actor.user.id }).lean();
    expect(generation).toMatchObject({ status });
    expect(await Operation.countDocuments({ userId: actor.user.id, settled: false })).toBe(0);
    return generation;
  }, 20_000);
  expect(await bookProblems(actor.user.id)).toEqual([]);
  return { generation: await getGeneration(actor.user.id, found?._id ?? ""), balance: await getBalance(actor.user.id) };
}

describe("images that take longer than anybody should watch", () => {
  test("are said to be still cooking, and are delivered and charged when they come", async () => {
    sandbox().fail("replicate", { kind: "slow", delayMs: 2_500 });
    const actor = await person();
    const events = await generate(actor);
    const { generationId } = the(events, "pending");
    expect(await getGeneration(actor.user.id, generationId)).toMatchObject({ late: true, charged: 0 });
    expect(await listRunning(actor.user.id)).toHaveLength(1);
    expect(await getBalance(actor.user.id)).toEqual({ available: 9, held: 1, owed: 0 });
    const { generation, balance } = await comesTo(actor, "complete");
    expect(generation).toMatchObject({ charged: 1, images: [expect.objectContaining({ charged: 1 })] });
    expect(balance).toEqual({ available: 9, held: 0, owed: 0 });
    expect(
      sandbox()
        .requests("replicate")
        .filter(({ path }) => path.endsWith("/predictions")),
    ).toHaveLength(1);
  });

  test("and fail in the end cost nothing", async () => {
    sandbox().fail("replicate", { kind: "stall" });
    const actor = await person();
    the(await generate(actor), "pending");
    const { generation, balance } = await comesTo(actor, "failed");
    expect(generation).toMatchObject({ errorCode: "PROVIDER_TIMEOUT", charged: 0 });
    expect(balance).toEqual(untouched);
  });

  test("can be given up, from any process", async () => {
    sandbox().fail("replicate", { kind: "stall" });
    const actor = await person();
    const { generationId } = the(await generate(actor), "pending");
    await Generation.updateOne({ _id: generationId }, { $set: { cancelRequested: true } });
    expect((await comesTo(actor, "canceled")).balance).toEqual(untouched);
    expect(await cancelGeneration(actor.user.id, generationId)).toEqual({ stopped: false });
  });

  test("are taken up by another worker when theirs is gone, and made once", async () => {
    sandbox().fail("replicate", { kind: "slow", delayMs: 2_500 });
    const actor = await person();
    const { generationId } = the(await generate(actor), "pending");
    // As a worker that is gone leaves it: the prediction asked for, the lease run out.
    await Operation.updateOne(
      { userId: actor.user.id },
      { $set: { leaseUntil: new Date(0), owner: "a worker that is gone" } },
    );
    await sweepOperations(logger);
    expect(await Operation.findOne({ userId: actor.user.id }).lean()).toMatchObject({ state: "HELD" });
    const { generation, balance } = await comesTo(actor, "complete");
    expect(generation).toMatchObject({ id: generationId, charged: 1 });
    expect(generation.images).toHaveLength(1);
    expect(balance).toEqual({ available: 9, held: 0, owed: 0 });
    const asked = (end: string) =>
      sandbox()
        .requests("replicate")
        .filter(({ path }) => path.endsWith(end));
    expect(asked("/predictions")).toHaveLength(1);
    // The first worker finds its lease taken, and leaves the prediction to the second.
    expect(asked("/cancel")).toEqual([]);
  });
});

test.each(["hang", "headers-then-hang"] as const)(
  "Replicate does not take the order (%s): PROVIDER_TIMEOUT, nothing charged",
  async (kind) => {
    sandbox().fail("replicate", { kind, path: "/predictions" });
    const actor = await person();
    await generate(actor);
    const { generation, balance } = await comesTo(actor, "failed");
    expect(generation).toMatchObject({ errorCode: "PROVIDER_TIMEOUT" });
    expect(balance).toEqual(untouched);
  },
);

describe("what passes is waited out", () => {
  test.each([
    { kind: "status", status: 503, times: 3 },
    { kind: "reset", times: 3 },
    { kind: "hang", times: 1 },
  ] as const)("while looking at the prediction: %o", async (fault) => {
    sandbox().fail("replicate", { ...fault, path: "/v1/predictions/" });
    const actor = await person();
    await generate(actor);
    expect((await comesTo(actor, "complete")).balance).toEqual({ available: 9, held: 0, owed: 0 });
  });

  test.each([
    { kind: "status", status: 503, times: 4 },
    { kind: "reset", times: 3 },
    { kind: "hang", times: 2 },
  ] as const)("while storing, with the output kept at the provider: %o", async (fault) => {
    sandbox().fail("cloudinary", fault);
    const actor = await person();
    await generate(actor);
    expect((await comesTo(actor, "complete")).balance).toEqual({ available: 9, held: 0, owed: 0 });
  });
});

test("a store that never comes back: nothing is charged", async () => {
  sandbox().fail("cloudinary", { kind: "status", status: 503, times: 1_000 });
  const actor = await person();
  await generate(actor);
  expect((await comesTo(actor, "failed")).balance).toEqual(untouched);
});

test("the prediction's id is written down before it is waited for", async () => {
  sandbox().fail("replicate", { kind: "stall" });
  const actor = await person();
  const stream = await generateImage(actor, picture(), never());
  const following = collect(stream);
  await eventually(async () =>
    expect(await Generation.findOne({ userId: actor.user.id }).lean()).toMatchObject({
      predictionId: expect.any(String),
      status: "processing",
    }),
  );
  expect(await listRunning(actor.user.id)).toHaveLength(1);
  await following;
});
