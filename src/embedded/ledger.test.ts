import type { Collection } from "mongoose";
import { expect, test } from "vitest";
import { freshStore } from "./test-kit";

interface Account {
  _id: string;
  available: number;
  held: number;
  rev: number;
  holds: { op: string; amount: number }[];
  closed: string[];
  outbox: { _id: string }[];
}

async function accounts(available: number) {
  const { db } = await freshStore();
  const collection = db.collection<Account>("accounts") as unknown as Collection<Account>;
  await collection.createIndex({ "holds.op": 1 });
  await collection.createIndex({ "outbox._id": 1 }, { partialFilterExpression: { "outbox._id": { $exists: true } } });
  await collection.insertOne({ _id: "u", available, held: 0, rev: 0, holds: [], closed: [], outbox: [] });
  const read = () => collection.findOne({ _id: "u" });
  return { collection, read };
}

const soon = () => new Date(Date.now() + 60_000);

const hold = (collection: Collection<Account>, op: string, amount: number, holdBy = soon()) =>
  collection.findOneAndUpdate(
    {
      _id: "u",
      available: { $gte: amount },
      "holds.op": { $ne: op },
      closed: { $ne: op },
      "holds.31": { $exists: false },
      $expr: { $lt: ["$$NOW", holdBy] },
    },
    {
      $inc: { available: -amount, held: amount, rev: 1 },
      $push: { holds: { op, amount }, outbox: { _id: `${op}:HOLD` } },
    },
    { returnDocument: "after" },
  );

const settle = (collection: Collection<Account>, op: string, amount: number, cost: number) =>
  collection.findOneAndUpdate(
    { _id: "u", holds: { $elemMatch: { op, amount } } },
    {
      $inc: { held: -amount, available: amount - cost, rev: 1 },
      $pull: { holds: { op } },
      $push: { closed: { $each: [op], $slice: -256 }, outbox: { _id: `${op}:CAPTURE` } },
    },
    { returnDocument: "after" },
  );

test("holds once for one operation however often it is tried", async () => {
  const { collection, read } = await accounts(100);
  const tries = await Promise.all(Array.from({ length: 20 }, () => hold(collection, "op", 7)));
  expect(tries.filter(Boolean)).toHaveLength(1);
  expect(await read()).toMatchObject({ available: 93, held: 7, rev: 1, holds: [{ op: "op", amount: 7 }] });
});

test("never holds more than there is", async () => {
  const { collection, read } = await accounts(20);
  const tries = await Promise.all(Array.from({ length: 60 }, (_, position) => hold(collection, `op${position}`, 1)));
  expect(tries.filter(Boolean)).toHaveLength(20);
  expect(await read()).toMatchObject({ available: 0, held: 20, rev: 20 });
});

test("refuses a hold that comes too late, that is closed, or that would be the 33rd", async () => {
  const { collection } = await accounts(100);
  expect(await hold(collection, "late", 1, new Date(Date.now() - 1))).toBeNull();
  await collection.updateOne({ _id: "u" }, { $push: { closed: { $each: ["dead"], $slice: -256 } } });
  expect(await hold(collection, "dead", 1)).toBeNull();
  for (let position = 0; position < 32; position++) expect(await hold(collection, `op${position}`, 1)).not.toBeNull();
  expect(await hold(collection, "op32", 1)).toBeNull();
});

test("settles a hold once, by its operation and amount", async () => {
  const { collection, read } = await accounts(100);
  await hold(collection, "a", 10);
  await hold(collection, "b", 5);
  expect(await settle(collection, "a", 5, 5)).toBeNull();
  const settled = await Promise.all(Array.from({ length: 10 }, () => settle(collection, "a", 10, 4)));
  expect(settled.filter(Boolean)).toHaveLength(1);
  const held = [{ op: "b", amount: 5 }];
  expect(await read()).toMatchObject({ available: 91, held: 5, rev: 3, holds: held, closed: ["a"] });
});

test("keeps the last 256 closed operations", async () => {
  const { collection, read } = await accounts(0);
  const names = Array.from({ length: 300 }, (_, position) => `op${position}`);
  for (let start = 0; start < names.length; start += 50) {
    const closed = { $each: names.slice(start, start + 50), $slice: -256 };
    await collection.updateOne({ _id: "u" }, { $push: { closed } });
  }
  expect((await read())?.closed).toEqual(names.slice(-256));
});

test("drains the outbox and finds by index who still has something in it", async () => {
  const { collection, read } = await accounts(100);
  await hold(collection, "a", 1);
  await hold(collection, "b", 1);
  const pending = { "outbox._id": { $exists: true } };
  expect(JSON.stringify(await collection.find(pending).explain())).toContain('"indexName":"outbox._id_1"');
  expect(await collection.countDocuments(pending)).toBe(1);
  await collection.updateOne({ _id: "u" }, { $pull: { outbox: { _id: { $in: ["a:HOLD"] } } } });
  expect((await read())?.outbox).toEqual([{ _id: "b:HOLD" }]);
  await collection.updateOne({ _id: "u" }, { $pull: { outbox: { _id: "b:HOLD" } } });
  expect(await collection.countDocuments(pending)).toBe(0);
  expect(JSON.stringify(await collection.find({ "holds.op": "a" }).explain())).toContain('"indexName":"holds.op_1"');
});

test("makes an account once with its bonus", async () => {
  const { collection } = await accounts(0);
  const bonus = { available: 25, held: 0, rev: 1, holds: [], closed: [], outbox: [] };
  const open = () => collection.updateOne({ _id: "new" }, { $setOnInsert: bonus }, { upsert: true });
  const results = await Promise.all(Array.from({ length: 10 }, open));
  expect(results.reduce((sum, { upsertedCount }) => sum + upsertedCount, 0)).toBe(1);
  expect(await collection.findOne({ _id: "new" })).toEqual({ _id: "new", ...bonus });
});
