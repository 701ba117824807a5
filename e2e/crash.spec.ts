import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { createConnection } from "mongoose";
import { type Api, signedInApi } from "./fixtures/api";
import { Instance } from "./fixtures/instance";

test.describe.configure({ timeout: 180_000 });

let instance: Instance;
test.beforeEach(async () => {
  // Short leases: what a killed worker held is given back within seconds instead of a minute.
  instance = await Instance.start({ LEASE_MS: "3000", LEASE_HEARTBEAT_MS: "500", SWEEP_MS: "500" });
});
test.afterEach(() => instance.dispose());

const key = () => randomUUID();
const ask = (api: Api, content: string, signal?: AbortSignal) =>
  api.chat.send.mutate({ content, idempotencyKey: key() }, { signal });

/** Reads a stream until it ends or breaks, and says what was seen of it. `onStart`: called at its first event. */
async function read<T extends { type: string }>(stream: AsyncIterable<T>, onStart?: () => void): Promise<T[]> {
  const seen: T[] = [];
  try {
    for await (const event of stream) {
      if (seen.push(event) === 1) onStart?.();
    }
  } catch {
    // The power was cut: what counts is what arrived before.
  }
  return seen;
}

test("a power cut in the middle of 20 answers and 5 images loses nothing that was acknowledged", async () => {
  const people = await Promise.all(Array.from({ length: 25 }, () => signedInApi(instance.address)));
  const [chatters, painters] = [people.slice(0, 20), people.slice(20)];

  // Something finished for everyone, so that there is something to lose.
  const finished = await Promise.all(
    chatters.map(async (api, index) => read(await ask(api, `Finished before, number ${index}`))),
  );
  const finishedImages = await Promise.all(
    painters.map(async (api) =>
      read(
        await api.image.generate.mutate({ prompt: "Finished", aspectRatio: "1:1", count: 1, idempotencyKey: key() }),
      ),
    ),
  );

  let started = 0;
  const onStart = () => {
    started += 1;
  };
  const running = Promise.all([
    ...chatters.map(async (api, index) => read(await ask(api, `sandbox: long, number ${index}`), onStart)),
    ...painters.map(async (api) =>
      read(
        await api.image.generate.mutate({ prompt: "Cut off", aspectRatio: "1:1", count: 1, idempotencyKey: key() }),
        onStart,
      ),
    ),
  ]);
  await expect.poll(() => started, { timeout: 30_000, intervals: [50] }).toBe(25);
  instance.cutPower();
  const cutOff = await running;
  await instance.untilReady();

  for (const [index, api] of chatters.entries()) {
    const done = finished[index]?.find((event) => event.type === "done");
    if (done?.type !== "done") throw new Error("the answer before the cut did not finish");
    const kept = await api.chat.get.query({ conversationId: done.message.conversationId });
    expect(kept.messages.at(-1)).toEqual(done.message);

    const start = cutOff[index]?.find((event) => event.type === "start");
    if (start?.type !== "start" || !("messageId" in start)) throw new Error("the cut came before the answer began");
    const { messages } = await api.chat.get.query({ conversationId: start.conversationId });
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatchObject({ role: "user", status: "complete" });
    expect(["streaming", "complete", "interrupted", "failed"]).toContain(messages[1]?.status);
  }
  for (const [index, api] of painters.entries()) {
    const done = finishedImages[index]?.find((event) => event.type === "done");
    if (done?.type !== "done" || !("images" in done)) throw new Error("the image before the cut did not finish");
    expect((await api.image.list.query({})).items).toEqual(expect.arrayContaining(done.images));
  }
  await expect.poll(() => creditsHeld(instance.databaseAddress), { timeout: 30_000 }).toBe(0);
  expect(await bookProblems(instance.databaseAddress)).toEqual([]);
  for (const api of chatters) {
    const { items } = await api.chat.list.query({});
    for (const { id } of items) {
      const { messages } = await api.chat.get.query({ conversationId: id });
      expect(["complete", "interrupted", "failed"]).toContain(messages[1]?.status);
    }
  }
});

test("told to stop, the server finishes the answer that runs, takes nothing new, and exits with 0", async () => {
  const api = await signedInApi(instance.address);
  const events = await ask(api, "sandbox: long");
  const seen: string[] = [];
  let exit: Promise<number | null> | undefined;
  for await (const event of events) {
    seen.push(event.type);
    if (event.type !== "delta" || exit) continue;
    exit = instance.stop();
    await expect.poll(() => instance.status()).toBe(503);
    await expect(ask(api, "One more")).rejects.toMatchObject({ data: { appCode: "SERVICE_UNAVAILABLE" } });
  }
  expect(seen.at(-1)).toBe("done");
  expect(await exit).toBe(0);
  expect(await instance.status()).toBeUndefined();
});

interface Entry {
  _id: string;
  userId: string;
  deltaAvailable: number;
  deltaHeld: number;
}

/** What all accounts together have set aside. */
async function creditsHeld(address: string): Promise<number> {
  const connection = await createConnection(address).asPromise();
  try {
    const accounts = await connection.collection("accounts").find().toArray();
    return accounts.reduce((total, { held }) => total + held, 0);
  } finally {
    await connection.close();
  }
}

/** Accounts that are not the sum of their ledger, in words. */
async function bookProblems(address: string): Promise<string[]> {
  const connection = await createConnection(address).asPromise();
  try {
    const accounts = await connection.collection("accounts").find().toArray();
    const ledger = await connection.collection<Entry>("ledgerEntries").find().toArray();
    return accounts.flatMap((account) => {
      const own = ledger.filter(({ userId }) => userId === String(account._id));
      const known = new Set(own.map(({ _id }) => _id));
      const entries: Entry[] = [...own, ...account.outbox.filter(({ _id }: Entry) => !known.has(_id))];
      const sum = (field: "deltaAvailable" | "deltaHeld") => entries.reduce((total, entry) => total + entry[field], 0);
      const right =
        account.available === sum("deltaAvailable") &&
        account.held === sum("deltaHeld") &&
        account.rev === entries.length;
      return right ? [] : [`${account._id}: ${JSON.stringify({ account, entries })}`];
    });
  } finally {
    await connection.close();
  }
}
