import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { REPLICATE_WEBHOOK_SECRET } from "../../../sandbox/replicate-webhooks";

/** Late after a second, and then left alone for longer than any of these tests may take. */
Object.assign(process.env, {
  NEXTAUTH_URL: "https://inkwell.example.org",
  REPLICATE_WEBHOOK_SECRET,
  IMAGE_TOTAL_MS: "1000",
  IMAGE_LATE_POLL_MS: "120000",
  IMAGE_LATE_MS: "100000",
});
vi.resetModules();
const { bookProblems, eventually, generate, newKey, person, sandbox, the } = await import("../../../../tests/studio");
const { Generation, Image, LedgerEntry, Operation } = await import("@models");
const { POST } = await import("@/app/api/webhooks/replicate/route");
const { processState } = await import("@/server/lib/process-state");
const { drainOutbox } = await import("@/server/services/credits/drain-outbox");
const { getBalance } = await import("@/server/services/credits/get-balance");
const { getGeneration } = await import("./get-image");
const { generations } = await import("./generations");

const ADDRESS = "https://inkwell.example.org/api/webhooks/replicate";
const SOON_MS = 15_000;
const untouched = { available: 10, held: 0, owed: 0 };
const charged = { available: 9, held: 0, owed: 0 };
const waiting = { available: 9, held: 1, owed: 0 };

type Actor = Awaited<ReturnType<typeof person>>;
type Message = ReturnType<ReturnType<typeof sandbox>["replicate"]["sign"]>;

/** How each message was answered that Replicate sent by itself. */
const answered: number[] = [];
const server = createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  const headers = Object.entries(req.headers).map(([name, value]): [string, string] => [name, String(value)]);
  const answer = await POST(new Request(ADDRESS, { method: "POST", headers, body: Buffer.concat(chunks) }));
  answered.push(answer.status);
  res.writeHead(answer.status).end(await answer.text());
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(async () => {
  sandbox().reset();
  // What a test left waiting must not outlive the database.
  const left = processState<Map<string, { stop: AbortController }>>("runs.generations", () => new Map());
  for (const { stop } of left.values()) stop.abort("the tests are over");
  await eventually(async () => expect(left.size).toBe(0));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  sandbox().reset();
  answered.length = 0;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  sandbox().replicate.setWebhook({ url: `http://127.0.0.1:${address.port}` });
});

const deliver = async ({ headers, body }: Message) =>
  (await POST(new Request(ADDRESS, { method: "POST", headers, body }))).status;

/** Looks at predictions that the provider was asked for. */
const looks = () =>
  sandbox()
    .requests("replicate")
    .filter(({ method, path }) => method === "GET" && path.startsWith("/v1/predictions/"));

/** A person whose images are late, as nobody looks at them any more, and what Replicate would say of them. */
async function lateImages() {
  sandbox().setPace({ imageMs: 2_500 });
  const actor = await person();
  const { generationId } = the(await generate(actor), "pending");
  const generation = await Generation.findById(generationId).lean();
  const predictionId = generation?.predictionId ?? "";
  const message = sandbox().replicate.sign({ body: JSON.stringify({ id: predictionId, status: "succeeded" }) });
  return { actor, generationId, predictionId, message };
}

/** The same, with the prediction over, of which nothing was told. */
async function untoldImages() {
  sandbox().fail("replicate", { kind: "webhook-drop" });
  const late = await lateImages();
  const headers = { authorization: "Bearer sandbox" };
  await eventually(async () => {
    const reply = await fetch(`${sandbox().url}/replicate/v1/predictions/${late.predictionId}`, { headers });
    expect(await reply.json()).toMatchObject({ status: "succeeded" });
  }, SOON_MS);
  expect(await getBalance(late.actor.user.id)).toEqual(waiting);
  return late;
}

/** Waits until the person's one generation has come to `status`, and says what it and the balance are then. */
async function comesTo({ user }: Actor, status: string) {
  const found = await eventually(async () => {
    const generation = await Generation.findOne({ userId: user.id }).lean();
    expect(generation).toMatchObject({ status });
    expect(await Operation.countDocuments({ userId: user.id, settled: false })).toBe(0);
    return generation;
  }, SOON_MS);
  expect(await bookProblems(user.id)).toEqual([]);
  return { generation: await getGeneration(user.id, found?._id ?? ""), balance: await getBalance(user.id) };
}

/** Shows that the images were delivered once and paid for once. */
async function deliveredOnce(actor: Actor) {
  const { generation, balance } = await comesTo(actor, "complete");
  expect(generation).toMatchObject({ charged: 1, images: [expect.anything()] });
  expect(balance).toEqual(charged);
  await drainOutbox(actor.user.id);
  expect(await LedgerEntry.countDocuments({ userId: actor.user.id, type: "CAPTURE" })).toBe(1);
  expect(await Image.countDocuments({ userId: actor.user.id })).toBe(1);
}

describe("Replicate says that a late prediction is over", () => {
  test("it is delivered soon after, and charged once", async () => {
    const { actor } = await lateImages();
    const before = looks().length;
    await deliveredOnce(actor);
    expect(answered).toEqual([200]);
    // One that was on its way when they became late, and the one this is about.
    expect(looks().length - before).toBeLessThanOrEqual(2);
    const [order] = sandbox().requests("replicate");
    expect(order?.body).toMatchObject({ webhook: ADDRESS, webhook_events_filter: ["completed"] });
  });

  test("and says it again and again, under the same name and another: the same", async () => {
    sandbox().fail("replicate", { kind: "webhook-duplicate" });
    const { actor } = await lateImages();
    await deliveredOnce(actor);
    await sandbox().replicate.settled();
    expect(answered).toEqual([200, 200, 200]);
    expect(await getBalance(actor.user.id)).toEqual(charged);
  });

  test("ten times at once: one delivery, one charge", async () => {
    const { actor, message } = await untoldImages();
    const statuses = await Promise.all(Array.from({ length: 10 }, () => deliver(message)));
    expect(statuses).toEqual(Array(10).fill(200));
    await deliveredOnce(actor);
    const before = looks().length;
    // Whoever kept it and sends it again achieves nothing: nobody is even asked.
    expect(await deliver(message)).toBe(200);
    await deliveredOnce(actor);
    expect(looks()).toHaveLength(before);
  });

  test("it failed: what was held is given back", async () => {
    sandbox().fail("replicate", { kind: "error-event" });
    const { actor } = await lateImages();
    const { generation, balance } = await comesTo(actor, "failed");
    expect(generation).toMatchObject({ charged: 0 });
    expect(balance).toEqual(untouched);
    expect(answered).toEqual([200]);
  });
});

test("what a message says of the prediction is not believed: it is looked at, and waited for on", async () => {
  sandbox().fail("replicate", { kind: "stall" });
  const { actor, predictionId, generationId } = await lateImages();
  const before = looks().length;
  for (const status of ["succeeded", "failed", "canceled"]) {
    const body = JSON.stringify({ id: predictionId, status, output: [`${sandbox().url}/elsewhere.webp`] });
    const seen = looks().length;
    expect(await deliver(sandbox().replicate.sign({ body }))).toBe(200);
    await eventually(async () => expect(looks().length).toBeGreaterThan(seen));
  }
  // At least: one may have been on its way when they became late.
  const answeredLooks = () =>
    looks()
      .slice(before)
      .filter(({ completed }) => completed);
  await eventually(async () => expect(answeredLooks().length).toBeGreaterThanOrEqual(3));
  expect(await Generation.findById(generationId).lean()).toMatchObject({ status: "processing", charged: 0 });
  expect(await getBalance(actor.user.id)).toEqual(waiting);
});

test("a prediction nobody here has heard of: accepted, and nothing done", async () => {
  const asked = sandbox().requests("replicate").length;
  expect(await deliver(sandbox().replicate.sign({ body: JSON.stringify({ id: newKey() }) }))).toBe(200);
  expect(sandbox().requests("replicate")).toHaveLength(asked);
});

describe("the images are another process's", () => {
  test("while it lives it is left to it; when it is gone they are taken up at once, by one", async () => {
    const { actor, generationId, message } = await untoldImages();
    // As another process sees it: the run is not here.
    const here = processState<Map<string, object>>("runs.generations", () => new Map());
    const theirs = here.get(generationId);
    here.delete(generationId);
    const { owner } = (await Operation.findOne({ userId: actor.user.id }).lean()) ?? {};
    expect(await deliver(message)).toBe(200);
    expect(await Operation.findOne({ userId: actor.user.id }).lean()).toMatchObject({ owner, state: "HELD" });
    expect(generations.find(generationId)).toBeUndefined();

    await Operation.updateOne({ userId: actor.user.id }, { $set: { leaseUntil: new Date(0), owner: "gone" } });
    const before = looks().length;
    expect(await Promise.all(Array.from({ length: 10 }, () => deliver(message)))).toEqual(Array(10).fill(200));
    await deliveredOnce(actor);
    // One look, and one more at most for the nine others that came meanwhile.
    expect(looks().length - before).toBeLessThanOrEqual(2);
    if (theirs) here.set(generationId, theirs);
  });
});

describe("a message that is not Replicate's", () => {
  const MINUTE_MS = 60_000;
  const SECRET = `whsec_${Buffer.from("somebody else's signing secret").toString("base64")}`;
  const without = (name: string, { headers, body }: Message) => ({
    headers: Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name)),
    body,
  });

  const forgeries: [string, number, (message: Message) => Message][] = [
    ["unsigned", 400, ({ body }) => ({ headers: {}, body })],
    ["without its name", 400, (message) => without("webhook-id", message)],
    ["without its time", 400, (message) => without("webhook-timestamp", message)],
    ["without its signature", 400, (message) => without("webhook-signature", message)],
    ["altered", 400, ({ headers, body }) => ({ headers, body: body.replace("succeeded", "failed") })],
    ["under another name", 400, ({ headers, body }) => ({ headers: { ...headers, "webhook-id": "msg_2" }, body })],
    ["signed with another secret", 400, ({ body }) => sandbox().replicate.sign({ body, secret: SECRET })],
    ["six minutes old", 400, ({ body }) => sandbox().replicate.sign({ body, at: Date.now() - 6 * MINUTE_MS })],
    ["from the future", 400, ({ body }) => sandbox().replicate.sign({ body, at: Date.now() + 2 * MINUTE_MS })],
    ["no prediction", 400, () => sandbox().replicate.sign({ body: '{"hello":"there"}' })],
    ["2 MB long", 413, ({ body }) => sandbox().replicate.sign({ body: body.padEnd(2_000_000) })],
  ];

  test("4xx, nothing changed, nobody asked", async () => {
    const { actor, message, generationId } = await untoldImages();
    const before = sandbox().requests("replicate").length;
    const state = () => Promise.all([Generation.find().lean(), LedgerEntry.find().lean(), getBalance(actor.user.id)]);
    const stateBefore = await state();
    for (const [name, status, forge] of forgeries)
      expect([name, await deliver(forge(message))]).toEqual([name, status]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sandbox().requests("replicate")).toHaveLength(before);
    expect(await state()).toEqual(stateBefore);
    // They were refused for what was wrong with them: the genuine one works.
    expect(await deliver(message)).toBe(200);
    await deliveredOnce(actor);
    expect(generations.find(generationId)).toBeUndefined();
  });

  test("says which field is wrong, under the request's id", async () => {
    const { headers, body } = sandbox().replicate.sign({ body: '{"id":"abc"}', secret: SECRET });
    const request = new Request(ADDRESS, {
      method: "POST",
      headers: { ...headers, "x-request-id": "my-request-3" },
      body,
    });
    const answer = await POST(request);
    expect(answer.headers.get("x-request-id")).toBe("my-request-3");
    expect(await answer.json()).toEqual({
      code: "VALIDATION",
      message: expect.stringMatching(/^webhook-signature: /),
      requestId: "my-request-3",
    });
  });
});
