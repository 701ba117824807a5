import mongoose from "mongoose";
import { expect, test } from "vitest";
import { freshStore } from "./test-kit";

const refusals: [string, number, object][] = [
  ["an unknown command", 59, { renameCollection: "app.a", to: "app.b" }],
  ["another unknown command", 59, { mapReduce: "a" }],
  ["the state of a server", 59, { serverStatus: 1 }],
  ["an unknown option", 40415, { find: "a", filter: {}, tailable: true }],
  ["let", 40415, { find: "a", filter: {}, let: { x: 1 } }],
  ["a collation", 115, { find: "a", collation: { locale: "en" } }],
  ["a filter that is no document", 14, { find: "a", filter: 5 }],
  ["a negative skip", 51024, { find: "a", skip: -1 }],
  ["a sort by text score", 2, { find: "a", sort: { s: { $meta: "textScore" } } }],
  ["a sort that is neither 1 nor -1", 15975, { find: "a", sort: { s: 2 } }],
  ["mixed projections", 31254, { find: "a", projection: { a: 1, b: 0 } }],
  ["a computed field in find", 115, { find: "a", projection: { a: "$b" } }],
  ["an unknown filter operator where there are no documents", 2, { find: "nothing", filter: { a: { $foo: 1 } } }],
  ["an unknown stage", 40324, { aggregate: "a", pipeline: [{ $graphLookup: {} }], cursor: {} }],
  ["$out", 40324, { aggregate: "a", pipeline: [{ $out: "b" }], cursor: {} }],
  ["$merge", 40324, { aggregate: "a", pipeline: [{ $merge: "b" }], cursor: {} }],
  ["a change stream", 40324, { aggregate: "a", pipeline: [{ $changeStream: {} }], cursor: {} }],
  ["a stage with two names", 40323, { aggregate: "a", pipeline: [{ $match: {}, $sort: {} }], cursor: {} }],
  ["an unknown expression", 168, { aggregate: "a", pipeline: [{ $group: { _id: { $rand: {} } } }], cursor: {} }],
  [
    "an unknown accumulator",
    15952,
    { aggregate: "a", pipeline: [{ $group: { _id: 1, x: { $top: {} } } }], cursor: {} },
  ],
  ["$lookup", 40324, { aggregate: "a", pipeline: [{ $lookup: { from: "b" } }], cursor: {} }],
  ["$facet", 40324, { aggregate: "a", pipeline: [{ $facet: {} }], cursor: {} }],
  ["a computed field in $project", 115, { aggregate: "a", pipeline: [{ $project: { a: "$b" } }], cursor: {} }],
  ["an option of $unwind", 28811, { aggregate: "a", pipeline: [{ $unwind: { path: "$a", x: 1 } }], cursor: {} }],
  ["an undefined variable", 17276, { find: "a", filter: { $expr: { $eq: ["$$x", 1] } } }],
  ["a slice of an array", 115, { find: "a", projection: { a: { $slice: 1 } } }],
  ["the positional projection", 115, { find: "a", projection: { "a.$": 1 } }],
  ["a hint", 40415, { find: "a", hint: "a_1" }],
  ["a replacement", 115, { findAndModify: "a", query: {}, update: { b: 1 } }],
  ["an aggregate without cursor", 9, { aggregate: "a", pipeline: [] }],
  ["an update pipeline", 115, { findAndModify: "a", query: {}, update: [{ $set: { a: 1 } }] }],
  ["array filters", 115, { findAndModify: "a", update: { $set: { "a.$[e]": 1 } }, arrayFilters: [{ e: 1 }] }],
  ["remove together with update", 9, { findAndModify: "a", remove: true, update: {} }],
  ["neither remove nor update", 9, { findAndModify: "a", query: {} }],
  ["an unknown cursor", 43, { getMore: { $numberLong: "5" }, collection: "a" }],
  ["w: 2", 2, { insert: "a", documents: [{ a: 1 }], writeConcern: { w: 2 } }],
  ["snapshot reads", 123, { find: "a", readConcern: { level: "snapshot" } }],
  ["an empty batch", 16, { insert: "a", documents: [] }],
  ["a transaction", 263, { find: "a", txnNumber: 1, startTransaction: true, autocommit: false }],
  ["a login", 18, { saslStart: 1, mechanism: "SCRAM-SHA-256", payload: "" }],
  ["indexes of nothing", 26, { listIndexes: "nothing" }],
  ["dropping the _id index", 72, { dropIndexes: "there", index: "_id_" }],
  ["an invalid name", 73, { create: "a$b" }],
  ["capped collections", 40415, { create: "capped", capped: true, size: 4096 }],
];

test("refuses what it does not do, with MongoDB's code and a sentence", async () => {
  const { db } = await freshStore();
  await db.createCollection("there");
  for (const [what, code, command] of refusals) {
    const { getMore } = command as { getMore?: unknown };
    const sent = getMore ? { ...command, getMore: mongoose.mongo.Long.fromNumber(5) } : command;
    const cause = await db.db?.command(sent).then(
      () => `${what} was accepted`,
      (error: unknown) => error,
    );
    expect(cause, what).toBeInstanceOf(Error);
    expect(cause, what).toMatchObject({ code });
    expect(String((cause as Error).message).length, what).toBeGreaterThan(10);
  }
  expect((await db.listCollections()).map(({ name }) => name)).toEqual(["there"]);
});

test("refuses single statements in an update or delete, naming them", async () => {
  const { db } = await freshStore();
  const notes = db.collection("notes");
  await notes.insertMany([{ n: 1 }, { n: "x" }]);
  await expect(notes.updateMany({}, { $inc: { n: 1 } })).rejects.toMatchObject({ code: 14 });
  await expect(notes.updateOne({}, { $set: { "n.$[e]": 1 } }, { arrayFilters: [{ e: 1 }] })).rejects.toMatchObject({
    code: 115,
  });
  await expect(notes.updateMany({}, [{ $set: { n: 1 } }])).rejects.toMatchObject({ code: 115 });
  await expect(notes.deleteMany({ $where: "1" })).rejects.toMatchObject({ code: 115 });
  await expect(notes.deleteMany({}, { collation: { locale: "de" } })).rejects.toMatchObject({ code: 115 });
});

test("refuses values of a type it does not keep, however deep", async () => {
  const { db } = await freshStore();
  const notes = db.collection("notes");
  const price = { list: [{ price: mongoose.mongo.Decimal128.fromString("1.10") }] };
  await expect(notes.insertOne(price)).rejects.toMatchObject({ code: 115, message: /Decimal128/ });
  await notes.insertOne({ n: 1 });
  await expect(notes.updateOne({}, { $set: price })).rejects.toMatchObject({ code: 115 });
  await expect(notes.insertOne({ at: new mongoose.mongo.Timestamp(1n) })).rejects.toMatchObject({ code: 115 });
  expect(await notes.find({}, { projection: { _id: 0 } }).toArray()).toEqual([{ n: 1 }]);
});

test("refuses transactions in words that say what to do", async () => {
  const { db } = await freshStore();
  const session = await db.startSession();
  const inTransaction = session.withTransaction(() => db.collection("a").insertOne({ a: 1 }, { session }));
  await expect(inTransaction).rejects.toMatchObject({ code: 263, message: /standalone server/ });
  await session.endSession();
  expect(await db.collection("a").countDocuments()).toBe(0);
});

test("refuses documents above 16 MB and keeps what was there", async () => {
  const { db } = await freshStore();
  const big = db.collection<{ _id: number; parts: string[] }>("big");
  const part = "x".repeat(6 * 1024 * 1024);
  await big.insertOne({ _id: 1, parts: [part, part] });
  const grown = big.updateOne({ _id: 1 }, { $push: { parts: part } });
  await expect(grown).rejects.toMatchObject({ code: 10334 });
  expect((await big.findOne({ _id: 1 }))?.parts).toHaveLength(2);
});

test("refuses a sort in memory that would hold too much, but not one with a limit", async () => {
  const { db } = await freshStore();
  const big = db.collection<{ n: number; text: string }>("big");
  const text = "x".repeat(1024 * 1024);
  for (let n = 0; n < 36; n += 6) await big.insertMany([0, 1, 2, 3, 4, 5].map((step) => ({ n: n + step, text })));
  const all = big.find().sort({ n: -1 }).toArray();
  await expect(all).rejects.toMatchObject({ code: 292, codeName: "QueryExceededMemoryLimitNoDiskUseAllowed" });
  await expect(all).rejects.toBeInstanceOf(mongoose.mongo.MongoServerError);
  expect(
    await big
      .find({}, { projection: { n: 1, _id: 0 } })
      .sort({ n: -1 })
      .limit(2)
      .toArray(),
  ).toEqual([{ n: 35 }, { n: 34 }]);
});
