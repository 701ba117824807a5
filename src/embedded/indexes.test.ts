import type { Collection } from "mongoose";
import { Schema } from "mongoose";
import { expect, test } from "vitest";
import { freshStore } from "./test-kit";

async function notes() {
  const { db } = await freshStore();
  const collection = db.collection<{ _id: unknown }>("notes") as unknown as Collection;
  const docs = Array.from({ length: 60 }, (_, n) => ({
    _id: n as never,
    user: `u${n % 3}`,
    n,
    tags: [`t${n % 5}`, "all"],
  }));
  await collection.insertMany(docs);
  return collection;
}

const planOf = async (cursor: { explain(): Promise<unknown> }) => {
  const { queryPlanner, executionStats } = (await cursor.explain()) as {
    queryPlanner: { winningPlan: object };
    executionStats: { nReturned: number; totalDocsExamined: number };
  };
  return { plan: JSON.stringify(queryPlanner.winningPlan), ...executionStats };
};

test("serves an equality, a range and the sort from one compound index", async () => {
  const collection = await notes();
  await collection.createIndex({ user: 1, n: -1 });
  const query = collection
    .find({ user: "u1", n: { $lt: 50 } })
    .sort({ n: -1 })
    .limit(4);
  expect((await query.toArray()).map(({ n }) => n)).toEqual([49, 46, 43, 40]);
  const explained = await planOf(query.clone());
  expect(explained.plan).toContain('"indexName":"user_1_n_-1"');
  expect(explained.plan).not.toContain("SORT");
  expect(explained).toMatchObject({ nReturned: 4, totalDocsExamined: 4 });
});

test("reads an index backwards for the opposite order", async () => {
  const collection = await notes();
  await collection.createIndex({ user: 1, n: -1 });
  const query = collection.find({ user: "u1" }).sort({ n: 1 }).limit(2);
  expect((await query.toArray()).map(({ n }) => n)).toEqual([1, 4]);
  expect((await planOf(query.clone())).plan).toContain('"direction":"backward"');
});

test("says COLLSCAN when nothing narrows the search, and SORT when the order is made in memory", async () => {
  const collection = await notes();
  expect((await planOf(collection.find({ n: 5 }))).plan).toContain("COLLSCAN");
  expect((await planOf(collection.find({ n: 5 }).sort({ user: 1 }))).plan).toContain('"stage":"SORT"');
  expect((await planOf(collection.find({ _id: 5 as never }))).plan).toContain('"indexName":"_id_"');
});

test("finds elements of arrays through a multikey index, each document once", async () => {
  const collection = await notes();
  await collection.createIndex({ tags: 1 });
  const query = collection.find({ tags: { $in: ["t1", "t2", "all"] } });
  expect(await query.toArray()).toHaveLength(60);
  expect((await planOf(query.clone())).plan).toContain('"indexName":"tags_1"');
  expect(await collection.countDocuments({ tags: { $all: ["t1", "all"] } })).toBe(12);
  expect(await collection.countDocuments({ tags: /^t/ })).toBe(60);
});

test("plans each branch of an $or by itself", async () => {
  const collection = await notes();
  await collection.createIndex({ user: 1 });
  await collection.createIndex({ n: 1 });
  const query = collection.find({ $or: [{ user: "u0" }, { n: { $gte: 55 } }] });
  expect(await query.toArray()).toHaveLength(24);
  const { plan } = await planOf(query.clone());
  expect(plan).toContain('"stage":"OR"');
  expect(plan).not.toContain("COLLSCAN");
});

test("explains updates, deletes and pipelines", async () => {
  const { db } = await freshStore();
  const collection = db.collection("notes");
  await collection.insertMany([{ n: 1 }, { n: 2 }]);
  await collection.createIndex({ n: 1 });
  const explain = (command: object) => db.db?.command({ explain: command, verbosity: "queryPlanner" });
  const commands = [
    { update: "notes", updates: [{ q: { n: 1 }, u: { $set: { seen: true } } }] },
    { delete: "notes", deletes: [{ q: { n: 1 }, limit: 1 }] },
    { aggregate: "notes", pipeline: [{ $match: { n: 1 } }, { $group: { _id: "$n" } }], cursor: {} },
    { findAndModify: "notes", query: { n: 1 }, remove: true },
    { count: "notes", query: { n: 1 } },
  ];
  for (const command of commands) expect(JSON.stringify(await explain(command))).toContain('"indexName":"n_1"');
  expect(await collection.countDocuments({ seen: { $exists: false } })).toBe(2);
});

test("uses a partial index only for queries it covers", async () => {
  const collection = await notes();
  await collection.createIndex({ n: 1 }, { partialFilterExpression: { n: { $type: "number" } } });
  await collection.createIndex({ user: 1, n: 1 }, { partialFilterExpression: { user: "u1" } });
  await collection.createIndex({ draft: 1 }, { partialFilterExpression: { draft: { $exists: true } } });
  await collection.insertOne({ _id: "draft" as never, draft: null });
  expect((await planOf(collection.find({ n: { $gt: 40 } }))).plan).toContain('"indexName":"n_1"');
  expect((await planOf(collection.find({ n: 35 }))).plan).toContain('"indexName":"n_1"');
  expect((await planOf(collection.find({ n: "x" }))).plan).toContain("COLLSCAN");
  expect((await planOf(collection.find({ user: "u1" }))).plan).toContain('"indexName":"user_1_n_1"');
  expect((await planOf(collection.find({ user: "u2" }))).plan).toContain("COLLSCAN");
  expect((await planOf(collection.find({ draft: { $gt: 1 } }))).plan).toContain('"indexName":"draft_1"');
  expect((await planOf(collection.find({ draft: null }))).plan).toContain("COLLSCAN");
  expect(await collection.countDocuments({ draft: null })).toBe(61);
});

test("removes documents when their time is over, and no others", async () => {
  const { db } = await freshStore({ expiryIntervalMs: 50 });
  const events = db.collection<{ _id: number; at?: unknown }>("events");
  await events.createIndex({ at: 1 }, { expireAfterSeconds: 1 });
  const past = new Date(Date.now() - 5000);
  const future = new Date(Date.now() + 60_000);
  await events.insertMany([
    { _id: 1, at: past },
    { _id: 2, at: future },
    { _id: 3, at: "never" },
    { _id: 4 },
    { _id: 5, at: [future, past] },
  ]);
  await expect.poll(() => events.distinct("_id"), { timeout: 3000 }).toEqual([2, 3, 4]);
});

test("refuses indexes that clash, cannot be built or are not supported", async () => {
  const collection = await notes();
  await collection.createIndex({ n: 1 }, { name: "first" });
  const refused: [object, object, number][] = [
    [{ n: 1 }, { name: "second" }, 85],
    [{ user: 1 }, { name: "first" }, 86],
    [{ n: 1 }, { name: "first", unique: true }, 85],
    [{ user: 1 }, { unique: true }, 11000],
    [{ user: "text" }, {}, 67],
    [{ loc: "2dsphere" }, {}, 67],
    [{ "$**": 1 }, {}, 67],
    [{ "tags.0": 1 }, {}, 67],
    [{ a: 1, b: 1 }, { expireAfterSeconds: 5 }, 67],
    [{ a: 1 }, { collation: { locale: "en" } }, 115],
    [{ a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }, 67],
    [{ a: 1 }, { partialFilterExpression: { a: { $gt: 1 } } }, 67],
    [{ a: 1 }, { sparse: true }, 115],
  ];
  for (const [key, options, code] of refused) {
    await expect(collection.createIndex(key as never, options)).rejects.toMatchObject({ code });
  }
  await collection.createIndex({ n: 1 }, { name: "first" });
  expect((await collection.indexes()).map(({ name }) => name)).toEqual(["_id_", "first"]);
  await expect(collection.dropIndex("nope")).rejects.toMatchObject({ code: 27 });
  await collection.dropIndex("first");
  expect(await collection.indexes()).toHaveLength(1);
});

test("refuses a document with two arrays side by side in one index", async () => {
  const collection = await notes();
  await collection.createIndex({ a: 1, b: 1 });
  await collection.insertOne({ _id: "one" as never, a: [1, 2], b: 1 });
  const both = { _id: "two" as never, a: [1, 2], b: [1] };
  await expect(collection.insertOne(both)).rejects.toMatchObject({ code: 171 });
  expect(await collection.findOne({ _id: "two" as never })).toBeNull();
});

test("keeps Mongoose's indexes in step with its schema", async () => {
  const { db } = await freshStore();
  const schema = () => new Schema({ email: { type: String, unique: true }, at: Date, n: Number });
  const First = db.model("Person", schema().index({ at: 1 }, { expireAfterSeconds: 60 }));
  await First.init();
  await First.create({ email: "a" });
  db.deleteModel("Person");
  const Second = db.model("Person", schema().index({ n: -1 }));
  expect(await Second.syncIndexes()).toEqual(["at_1"]);
  expect((await Second.listIndexes()).map(({ name }) => name)).toEqual(["_id_", "email_1", "n_-1"]);
  await Promise.all([Second.init(), Second.createCollection(), Second.ensureIndexes()]);
});

test("finds arrays by the rarest of several values, or in the order asked for where all are common", async () => {
  const { db } = await freshStore();
  const people = db.collection<{ _id: number }>("people");
  await people.insertMany(
    Array.from({ length: 2_000 }, (_, n) => ({
      _id: n,
      at: n,
      words: ["org", n % 2 ? "odd" : "even", `w${n % 100}`],
    })),
  );
  await people.createIndex({ words: 1 });
  await people.createIndex({ at: -1 });
  const search = (words: unknown[]) =>
    people
      .find({ words: { $all: words } })
      .sort({ at: -1 })
      .limit(5);
  const rare = search(["org", "odd", /^w77/]);
  expect((await rare.toArray()).map(({ _id }) => _id)).toEqual([1977, 1877, 1777, 1677, 1577]);
  expect(await planOf(rare.clone())).toMatchObject({ totalDocsExamined: 20, plan: expect.stringContaining("words_1") });
  const common = search(["org", /^od/]);
  expect((await common.toArray()).map(({ _id }) => _id)).toEqual([1999, 1997, 1995, 1993, 1991]);
  expect(await planOf(common.clone())).toMatchObject({ totalDocsExamined: 9, plan: expect.stringContaining("at_-1") });
  // The beginning of a word is a range with two ends, in an array too.
  expect((await planOf(people.find({ words: /^w7/ }))).totalDocsExamined).toBe(220);
});

test("counts a range of dates in the index as it would by looking at each document", async () => {
  const { db } = await freshStore();
  const collection = db.collection<{ _id: unknown }>("visits") as unknown as Collection;
  const at = (n: number) => new Date(1_000 * n);
  const others = [null, 5, "1970-01-01", true, { x: at(3) }].map((seen, n) => ({ _id: `o${n}` as never, seen }));
  const dates = Array.from({ length: 300 }, (_, n) => ({ _id: n as never, seen: at(n % 50) }));
  await collection.insertMany([...dates, ...others, { _id: "without" as never }]);
  const filters = [
    { seen: { $gte: at(10) } },
    { seen: { $gt: at(10) } },
    { seen: { $lt: at(10) } },
    { seen: { $gte: at(10), $lte: at(20) } },
    { seen: { $gt: at(10), $lt: at(11) } },
    { seen: { $gt: at(20), $lt: at(10) } },
    { seen: { $gte: at(5), $gt: at(10) } },
    { seen: { $gte: at(10), $ne: at(12) } },
    { seen: { $gte: at(10) }, _id: { $lt: 100 as never } },
    { seen: { $gte: 3 } },
  ];
  const counts = async () => Promise.all(filters.map((filter) => collection.countDocuments(filter)));
  const found = async () =>
    Promise.all(filters.map(async (filter) => (await collection.find(filter).toArray()).length));
  const scanned = await counts();
  await collection.createIndex({ seen: -1, _id: -1 });
  expect(await counts()).toEqual(scanned);
  await collection.createIndex({ seen: 1 });
  expect(await counts()).toEqual(scanned);
  expect(await found()).toEqual(scanned);
  expect(await collection.countDocuments({ seen: { $gte: at(10) } }, { skip: 7, limit: 5 })).toBe(5);
  // From here on one document is entered under several dates.
  await collection.insertOne({ _id: "many" as never, seen: [at(11), at(12), at(13)] });
  expect(await counts()).toEqual(await found());
});
