import { Double, Long, ObjectId } from "bson";
import { expect, test } from "vitest";
import { type Doc, decode, encode } from "./bson-values";
import { Catalog } from "./catalog";
import type { Collection } from "./collection";
import { compareValues, parseSort, sortOrder } from "./compare";
import { StoreError } from "./errors";
import { indexKeys } from "./index-definition";
import { afterPrefix, encodeKey, encodeValue, identPrefix } from "./key-encoding";
import { compileFilter } from "./matcher";
import { planQuery } from "./planner";
import { findRows } from "./row-reader";
import { Storage } from "./storage";
import { randomSource, temporaryDirectory } from "./test-kit";
import { compileChange } from "./update-statement";

const SEED = 20_260;
const PATHS = ["a", "b", "c", "a.x", "b.x", "a.y", "_id", "a.0"];

function generators(seed: number) {
  const { below, pick } = randomSource(seed);
  const scalar = (): unknown =>
    pick([
      ...[null, below(6), below(6) + 0.5, -below(6), "a", "b", "ab", "B", "", "a\0b", true, false, Number.NaN],
      ...[new Date(below(5) * 1000), Long.fromNumber(below(6)), new Double(below(6)), { x: below(3) }],
      ...[Long.fromString("9007199254740992"), Long.fromString("9007199254740993"), 9007199254740992],
      new ObjectId(`65a00000000000000000000${below(4)}`),
    ]);
  const value = (depth = 0): unknown => {
    const kind = below(10);
    if (kind < 6 || depth > 1) return scalar();
    if (kind < 8) return Array.from({ length: below(4) }, () => value(depth + 1));
    return Object.fromEntries(["x", "y"].filter(() => below(3)).map((name) => [name, value(depth + 1)]));
  };
  const document = (position: number): Doc => {
    const fields = ["a", "b", "c"].filter(() => below(4)).map((name) => [name, value()] as const);
    return { _id: below(3) ? position : `s${position}`, ...Object.fromEntries(fields) };
  };
  const condition = (): unknown =>
    pick<() => unknown>([
      scalar,
      scalar,
      () => ({ $gt: scalar() }),
      () => ({ $gte: scalar() }),
      () => ({ $lt: scalar() }),
      () => ({ $lte: scalar() }),
      () => ({ $in: [scalar(), scalar(), scalar()] }),
      () => ({ $gte: below(5), $lt: below(6) }),
      () => ({ $exists: below(2) === 1 }),
      () => ({ $ne: scalar() }),
      () => ({ $elemMatch: { x: below(3) } }),
      () => ({ $elemMatch: { $gte: below(3), $lt: 4 } }),
      () => ({ $regex: "^a" }),
      () => ({ $not: { $gt: below(5) } }),
      () => ({ $all: [scalar()] }),
      () => ({ $all: [/^a/, scalar()] }),
      () => ({ $all: [{ $elemMatch: { x: below(3) } }, { $elemMatch: { $gt: 1 } }] }),
      () => ({ $type: "string" }),
    ])();
  const filter = (depth = 0): Doc => {
    const result: Doc = {};
    for (let count = 1 + below(3); count > 0; count--) result[pick(PATHS)] = condition();
    if (depth === 0 && below(4) === 0) result.$or = [filter(1), filter(1)];
    if (depth === 0 && below(6) === 0) result.$and = [filter(1), filter(1)];
    return depth === 0 && below(8) === 0 ? { $or: [filter(1), filter(1)] } : result;
  };
  const sort = (): Doc =>
    below(2) ? Object.fromEntries([pick(PATHS), pick(PATHS)].map((path) => [path, pick([1, -1])])) : {};
  const change = () =>
    ({ [pick(["$set", "$unset", "$push", "$addToSet"])]: { [pick(["a", "b", "c", "a.x"])]: scalar() } }) as Doc;
  return { below, pick, scalar, value, document, filter, sort, change };
}

/** Runs a change that random data may make impossible. */
function attempt(change: () => void): void {
  try {
    change();
  } catch (cause) {
    if (!(cause instanceof StoreError) || ![2, 28, 171].includes(cause.code)) throw cause;
  }
}

const INDEXES: Doc[] = [
  { key: { a: 1 }, name: "a" },
  { key: { b: -1 }, name: "b" },
  { key: { a: 1, b: -1 }, name: "ab" },
  { key: { "a.x": 1, c: 1 }, name: "ax-c" },
  { key: { c: 1 }, name: "c", partialFilterExpression: { c: { $exists: true } } },
  { key: { b: 1 }, name: "partial", partialFilterExpression: { a: { $type: "number" } } },
  { key: { c: -1 }, name: "present", partialFilterExpression: { b: { $exists: true } } },
  { key: { a: -1, c: -1, b: 1 }, name: "acb" },
];

/** The entries an index should have, against those it has. */
function expectConsistent(collection: Collection, documents: { id: Buffer; document: Doc }[]): void {
  for (const index of collection.indexes) {
    const wanted = documents.flatMap(({ id, document }) =>
      [...indexKeys(index, document).keys.values()].map((key) => Buffer.concat([key, id]).toString("hex")),
    );
    const prefix = identPrefix(index.ident);
    const found = [...collection.storage.range(prefix, afterPrefix(prefix))].map(({ key }) =>
      key.subarray(prefix.length).toString("hex"),
    );
    expect(found, index.name).toEqual(wanted.sort());
  }
}

test.each([SEED, SEED + 1, SEED + 2])("finds by index what a full scan finds (seed %i)", async (seed) => {
  const random = generators(seed);
  const storage = new Storage(`${await temporaryDirectory()}/data.mdb`, () => undefined);
  const catalog = new Catalog(storage);
  const collection = await storage.write(() => {
    const made = catalog.ensure("d.c");
    if (seed % 2) made.createIndexes(INDEXES);
    for (let position = 0; position < 100; position++) attempt(() => made.insert(encode(random.document(position))));
    if (seed % 2 === 0) for (const spec of INDEXES) attempt(() => made.createIndexes([spec]));
    return made;
  });
  for (let round = 0; round < 60; round++) {
    await storage.write(() => {
      const [row] = [...findRows(collection, { filter: decode(encode(random.filter())), limit: 1 })];
      if (!row) return;
      if (random.below(4) === 0) collection.remove(row);
      else attempt(() => collection.replace(row, compileChange(random.change(), {}).applyTo(row)));
    });
  }
  const all = [...storage.range(collection.start, collection.end)].map(({ key, value }) => ({
    id: key.subarray(collection.start.length),
    document: decode(value),
  }));
  expect(all).toHaveLength(collection.size());
  expectConsistent(collection, all);

  let viaIndex = 0;
  for (let round = 0; round < 200; round++) {
    const filter = decode(encode(random.filter()));
    const sort = parseSort(random.sort());
    const limit = random.below(3) ? 0 : 1 + random.below(10);
    const matches = compileFilter(filter);
    const wanted = all.filter(({ document }) => matches(document)).map(({ id }) => id.toString("hex"));
    if (planQuery(collection, { filter, sort, limit }).usesIndex) viaIndex++;
    const rows = [...findRows(collection, { filter, sort, limit })];
    const found = rows.map(({ id }) => id.toString("hex"));
    const label = `round ${round}: ${JSON.stringify(filter)} ${JSON.stringify(sort)} ${limit}`;
    expect(new Set(found).size, label).toBe(found.length);
    expect(found.length, label).toBe(limit ? Math.min(limit, wanted.length) : wanted.length);
    expect(
      found.filter((id) => !wanted.includes(id)),
      label,
    ).toEqual([]);
    const { keysOf, compareKeys } = sortOrder(sort);
    const keys = rows.map(({ raw }) => keysOf(decode(raw)));
    const best = all
      .filter(({ document }) => matches(document))
      .map(({ document }) => keysOf(document))
      .sort(compareKeys);
    for (const [position, key] of keys.entries()) expect(compareKeys(key, best[position] ?? []), label).toBe(0);
  }
  expect(viaIndex).toBeGreaterThan(50);
  await storage.close();
});

test("encodes keys in the order of their values", () => {
  const { value } = generators(SEED);
  for (let round = 0; round < 1500; round++) {
    const [left, right] = Object.values(decode(encode({ left: value(), right: value() })));
    const expected = Math.sign(compareValues(left, right));
    expect(Math.sign(Buffer.compare(encodeValue(left), encodeValue(right)))).toBe(expected);
    const down = Buffer.compare(encodeKey([left, 1], [-1, 1]), encodeKey([right, 1], [-1, 1]));
    expect(Math.sign(down)).toBe(expected === 0 ? 0 : -expected);
  }
});
