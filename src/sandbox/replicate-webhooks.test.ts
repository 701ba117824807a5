import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import Replicate, { validateWebhook } from "replicate";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "./index";
import { openInbox } from "./paypal/test-kit";

const ASKED = "https://inkwell.example.org/api/webhooks/replicate";
const IMAGE_MS = 60;

let dir: string;
let sandbox: Sandbox;
let inbox: Awaited<ReturnType<typeof openInbox>>;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "sandbox-replicate-"));
  sandbox = await startSandbox({ dir, pace: { imageMs: IMAGE_MS } });
});
afterAll(async () => {
  await sandbox.close();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  sandbox.reset();
  inbox = await openInbox();
  sandbox.replicate.setWebhook({ url: inbox.url });
});
afterEach(() => inbox.close());

const client = () => new Replicate({ auth: "any", baseUrl: `${sandbox.url}/replicate/v1` });

const order = (webhook: string | undefined = ASKED, events: ("start" | "completed")[] = ["completed"]) =>
  client().predictions.create({
    model: "sandbox/images",
    input: { prompt: "a harbour" },
    ...(webhook && { webhook, webhook_events_filter: events }),
  });

/** Waits until so many messages have come; the rest of a moment shows that no more do. */
async function messages(count: number) {
  await expect.poll(() => inbox.received.length, { timeout: 5_000 }).toBe(count);
  await wait(2 * IMAGE_MS);
  await sandbox.replicate.settled();
  expect(inbox.received).toHaveLength(count);
  return inbox.received;
}

const idsOf = (received: Awaited<ReturnType<typeof messages>>) => received.map(({ headers }) => headers["webhook-id"]);

test("the end of a prediction is told, signed with the account's secret as the SDK checks it", async () => {
  const { id } = await order();
  const { key: secret } = await client().webhooks.default.secret.get();
  const [told] = await messages(1);
  expect(told?.event).toMatchObject({ id, status: "succeeded", output: [expect.any(String)] });
  const header = (name: string) => String(told?.headers[`webhook-${name}`]);
  const signed = { id: header("id"), timestamp: header("timestamp"), signature: header("signature"), secret };
  expect(await validateWebhook({ ...signed, body: told?.raw ?? "" })).toBe(true);
  expect(await validateWebhook({ ...signed, body: `${told?.raw} ` })).toBe(false);
  expect(Math.abs(Date.now() / 1_000 - Number(signed.timestamp))).toBeLessThan(60);
});

test("so is one that fails, and one that is canceled, at once", async () => {
  sandbox.fail("replicate", { kind: "error-event" });
  await order();
  const [failed] = await messages(1);
  expect(failed?.event).toMatchObject({ status: "failed", error: expect.any(String) });

  sandbox.fail("replicate", { kind: "stall" });
  const { id } = await order();
  await client().predictions.cancel(id);
  expect((await messages(2))[1]?.event).toMatchObject({ id, status: "canceled" });
  await client().predictions.cancel(id);
  await messages(2);
});

test("nobody is told who did not ask for it, or for other events", async () => {
  await order("");
  await order(ASKED, ["start"]);
  await messages(0);
});

test("what is for another machine goes around it, or nowhere; what is for this one goes there", async () => {
  sandbox.replicate.setWebhook({});
  await order();
  await messages(0);
  const { id } = await order(inbox.url);
  expect((await messages(1))[0]?.event).toMatchObject({ id });
});

test("what is refused comes again, unchanged", async () => {
  const busy = await openInbox(503);
  await order(busy.url);
  await expect.poll(() => busy.received.length, { timeout: 5_000 }).toBe(2);
  expect(busy.received[1]).toEqual(busy.received[0]);
  await busy.close();
});

test("faults on the way: dropped, late, twice and once more under another name", async () => {
  sandbox.fail("replicate", { kind: "webhook-drop" });
  await order();
  await messages(0);

  sandbox.fail("replicate", { kind: "webhook-delay", delayMs: 300 });
  const since = Date.now();
  await order();
  await messages(1);
  expect(Date.now() - since).toBeGreaterThanOrEqual(300 + IMAGE_MS);

  inbox.received.length = 0;
  sandbox.fail("replicate", { kind: "webhook-duplicate" });
  await order();
  const received = await messages(3);
  expect(new Set(idsOf(received)).size).toBe(2);
  expect(new Set(received.map(({ raw }) => raw)).size).toBe(1);
});
