import { beforeEach, expect, test, vi } from "vitest";
import { databaseCalls } from "../../../../tests/database-calls";

// What is written at intervals is not counted.
process.env.CHAT_CHECKPOINT_MS = "3600000";
vi.resetModules();
const { sharedCache } = await import("@/server/providers/configured");
const { message, person, sandbox, send, the } = await import("../../../../tests/studio");

beforeEach(() => sandbox().reset());

/** From opening the operation to the first event: what the user waits for. */
const UNTIL_HELD = ["operations insertOne", "accounts findOneAndUpdate"];
/** While the provider is being asked. */
const UNTIL_BEGUN = ["operations updateOne", "messages insertMany"];
/** After the last word, until it is told to be final. */
const UNTIL_PAID = [
  "messages updateOne",
  "operations updateOne",
  "messages findOneAndUpdate",
  "accounts findOneAndUpdate",
];
/** Without a hold there is nothing for the ledger, only a tombstone. */
const UNTIL_BURIED = ["operations updateOne", "messages findOneAndUpdate", "accounts findOneAndUpdate"];
/** Behind it, for all that end within a moment. */
const CLOSED = ["operations updateMany", "ledgerEntries insertMany", "accounts updateMany"];

const sorted = (calls: string[]) => calls.toSorted();

/** Round trips to the shared cache meanwhile. */
async function cacheCalls(work: () => Promise<unknown>): Promise<string[]> {
  const cache = sharedCache();
  const names = ["get", "set", "getOrLock", "isLocked", "unlock"] as const;
  const spies = names.map((name) => vi.spyOn(cache, name));
  await work();
  const calls = names.flatMap((name, index) => Array<string>(spies[index]?.mock.calls.length ?? 0).fill(name));
  for (const spy of spies) spy.mockRestore();
  return calls;
}

test("a first message: twelve writes, of which two come before a provider is asked", async () => {
  const actor = await person();
  const calls = await databaseCalls(() => send(actor));
  expect(calls.slice(0, 2)).toEqual(UNTIL_HELD);
  expect(sorted(calls)).toEqual(
    sorted([...UNTIL_HELD, ...UNTIL_BEGUN, "conversations insertOne", ...UNTIL_PAID, ...CLOSED]),
  );
});

test("the next one in its conversation: two reads more, however long it is", async () => {
  const actor = await person();
  const { conversationId } = the(await send(actor), "start");
  const calls = await databaseCalls(() => send(actor, { conversationId }));
  expect(sorted(calls.slice(0, 2))).toEqual(["conversations findOne", "messages find"]);
  const writes = [...UNTIL_HELD, ...UNTIL_BEGUN, "conversations updateOne", ...UNTIL_PAID, ...CLOSED];
  expect(sorted(calls.slice(2))).toEqual(sorted(writes));
});

test("an answer from the cache: nothing is held, and no provider is asked", async () => {
  const { content } = message();
  await send(await person(), { content });
  const actor = await person();
  const asked = sandbox().requests("gemini").length;
  const calls = await databaseCalls(() => send(actor, { content }));
  expect(sorted(calls)).toEqual(
    sorted([
      "operations insertOne",
      "messages insertMany",
      "conversations insertOne",
      ...UNTIL_BURIED,
      "operations updateMany",
    ]),
  );
  expect(sandbox().requests("gemini")).toHaveLength(asked);
});

test("the cache is asked once for an answer, before it is there as well as after, and once to keep it", async () => {
  const { content } = message();
  expect(await cacheCalls(async () => send(await person(), { content }))).toEqual(["set", "getOrLock"]);
  expect(await cacheCalls(async () => send(await person(), { content }))).toEqual(["getOrLock"]);
});
