import { beforeEach, expect, test, vi } from "vitest";

process.env.IMAGE_TOTAL_MS = "700";
vi.resetModules();
const { bookProblems, collect, eventually, generate, never, person, picture, sandbox, the } = await import(
  "../../../../tests/studio"
);
const { Generation } = await import("@models");
const { getBalance } = await import("@/server/services/credits/get-balance");
const { generateImage } = await import("./generate-image");
const { listRunning } = await import("./get-image");

beforeEach(() => sandbox().reset());

test.each([
  ["replicate", "hang"],
  ["replicate", "headers-then-hang"],
  ["replicate", "stall"],
  ["cloudinary", "hang"],
] as const)("%s keeps us waiting (%s): PROVIDER_TIMEOUT, nothing charged", async (provider, kind) => {
  sandbox().fail(provider, { kind });
  const actor = await person();
  expect(the(await generate(actor), "error").code).toBe("PROVIDER_TIMEOUT");
  expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
  expect(await bookProblems(actor.user.id)).toEqual([]);
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
  expect(await listRunning(actor.user.id)).toEqual([]);
});
