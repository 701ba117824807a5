import { Schema } from "mongoose";
import { expect, test } from "vitest";
import { freshStore } from "./test-kit";

const duplicateOf = (field: string, value: unknown) =>
  expect.objectContaining({ code: 11000, keyPattern: { [field]: 1 }, keyValue: { [field]: value } });

test("lets exactly as many of 200 parallel spends through as there are credits", async () => {
  const { db } = await freshStore();
  const Account = db.model("Account", new Schema({ credits: Number }));
  const { _id } = await Account.create({ credits: 100 });
  const spends = Array.from({ length: 200 }, () =>
    Account.findOneAndUpdate({ _id, credits: { $gte: 1 } }, { $inc: { credits: -1 } }, { returnDocument: "after" }),
  );
  const left = (await Promise.all(spends)).flatMap((account) => (account ? [Number(account.credits)] : []));
  expect(left.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, position) => position));
  expect(await Account.findById(_id).lean()).toMatchObject({ credits: 0 });
});

test("counts as modified only the updates that met the condition", async () => {
  const { db } = await freshStore();
  const accounts = db.collection<{ _id: string; credits: number }>("accounts");
  await accounts.insertOne({ _id: "a", credits: 30 });
  const results = await Promise.all(
    Array.from({ length: 60 }, () => accounts.updateOne({ _id: "a", credits: { $gte: 1 } }, { $inc: { credits: -1 } })),
  );
  expect(results.reduce((sum, { modifiedCount }) => sum + modifiedCount, 0)).toBe(30);
});

test("lets one of 50 parallel inserts of the same unique value win", async () => {
  const { db } = await freshStore();
  const User = db.model("User", new Schema({ email: { type: String, unique: true } }));
  await User.init();
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => User.create({ email: "ada@example.com" })));
  const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  expect(refused).toHaveLength(49);
  for (const reason of refused) expect(reason).toEqual(duplicateOf("email", "ada@example.com"));
  expect(await User.countDocuments()).toBe(1);
});

test("makes one document of 40 parallel upserts, and loses none of their increments", async () => {
  const { db } = await freshStore();
  const counters = db.collection<{ _id: string; n: number; born?: string }>("counters");
  await Promise.all(
    Array.from({ length: 20 }, () =>
      counters.updateOne({ _id: "u" }, { $inc: { n: 1 }, $setOnInsert: { born: "once" } }, { upsert: true }),
    ),
  );
  await Promise.all(
    Array.from({ length: 20 }, () => counters.findOneAndUpdate({ _id: "u" }, { $inc: { n: 1 } }, { upsert: true })),
  );
  expect(await counters.find().toArray()).toEqual([{ _id: "u", n: 40, born: "once" }]);
});

test("leaves a document alone when its update runs into a unique key", async () => {
  const { db } = await freshStore();
  const users = db.collection("users");
  await users.createIndex({ email: 1 }, { unique: true });
  await users.insertMany([{ email: "a" }, { email: "b" }]);
  const update = users.updateOne({ email: "a" }, { $set: { email: "b", seen: true } });
  await expect(update).rejects.toEqual(duplicateOf("email", "b"));
  const findAndUpdate = users.findOneAndUpdate({ email: "a" }, { $set: { email: "b" } });
  await expect(findAndUpdate).rejects.toEqual(duplicateOf("email", "b"));
  expect(await users.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ email: "a" }, { email: "b" }]);
  expect(await users.countDocuments({ email: "a" })).toBe(1);
});

test("applies a partial unique index to the documents it covers and no others", async () => {
  const { db } = await freshStore();
  const purchases = db.collection("purchases");
  await purchases.createIndex(
    { orderId: 1 },
    { unique: true, partialFilterExpression: { orderId: { $type: "string" } } },
  );
  await purchases.insertMany([{}, {}, { orderId: null }, { orderId: null }, { orderId: 5 }, { orderId: 5 }]);
  await purchases.insertOne({ orderId: "X" });
  await expect(purchases.insertOne({ orderId: "X" })).rejects.toEqual(duplicateOf("orderId", "X"));
  const promoted = purchases.updateMany({ orderId: 5 }, { $set: { orderId: "Y" } });
  await expect(promoted).rejects.toEqual(duplicateOf("orderId", "Y"));
  expect(await purchases.countDocuments({ orderId: "Y" })).toBe(1);
});

test("reports every failed document of an unordered insert and keeps the others", async () => {
  const { db } = await freshStore();
  const notes = db.collection<{ _id: number }>("notes");
  const insert = notes.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }, { _id: 2 }, { _id: 3 }], { ordered: false });
  await expect(insert).rejects.toMatchObject({ writeErrors: [{ index: 1 }, { index: 3 }] });
  expect(await notes.distinct("_id")).toEqual([1, 2, 3]);
  await expect(notes.insertMany([{ _id: 4 }, { _id: 1 }, { _id: 5 }])).rejects.toMatchObject({ code: 11000 });
  expect(await notes.distinct("_id")).toEqual([1, 2, 3, 4]);
});

test("treats numbers of different types as the same key", async () => {
  const { db } = await freshStore();
  const { Long, Double } = await import("bson");
  const numbers = db.collection<{ _id: unknown }>("numbers");
  await numbers.insertOne({ _id: 5 });
  for (const same of [Long.fromNumber(5), new Double(5)]) {
    await expect(numbers.insertOne({ _id: same })).rejects.toMatchObject({ code: 11000 });
  }
  await numbers.insertMany([
    { _id: Long.fromString("9007199254740993") },
    { _id: Long.fromString("9007199254740992") },
  ]);
  expect(await numbers.countDocuments()).toBe(3);
});
