import { Binary, BSONRegExp, Decimal128, Double, Int32, Long, MinKey, ObjectId } from "bson";
import { expect, test } from "vitest";
import { type Doc, decode, encode } from "./bson-values";
import { StoreError } from "./errors";
import { compileFilter } from "./matcher";

const stored = (document: Doc) => decode(encode(document));
const matches = (filter: Doc, document: Doc) => compileFilter(stored(filter))(stored(document));

const id = new ObjectId("65a000000000000000000001");
const big = Long.fromString("9007199254740993");

const hits: [Doc, Doc][] = [
  [{ a: 1 }, { a: new Double(1) }],
  [{ a: 1 }, { a: Long.fromNumber(1) }],
  [{ a: big }, { a: big }],
  [{ a: { $gt: Long.fromString("9007199254740992") } }, { a: big }],
  [{ a: null }, {}],
  [{ a: null }, { a: null }],
  [{ a: null }, { a: [1, null] }],
  [{ "a.b": null }, { a: [{ b: 1 }, {}] }],
  [{ "a.b": null }, { a: 5 }],
  [{ a: 2 }, { a: [1, 2] }],
  [{ a: [1, 2] }, { a: [1, 2] }],
  [{ a: [1, 2] }, { a: [[1, 2], 3] }],
  [{ "a.1": 2 }, { a: [1, 2] }],
  [{ "a.b": 2 }, { a: [{ b: 1 }, { b: 2 }] }],
  [{ "a.0.b": 1 }, { a: [{ b: 1 }] }],
  [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 2 } }],
  [{ a: id }, { a: id }],
  [{ a: { $ne: 2 } }, { a: [1, 3] }],
  [{ a: { $nin: [2, 4] } }, {}],
  [{ a: { $in: [/^x/, 4] } }, { a: "xy" }],
  [{ a: { $in: [null] } }, {}],
  [{ a: { $gt: 1, $lt: 3 } }, { a: [0, 5] }],
  [{ a: { $gte: null } }, {}],
  [{ a: { $gte: Number.NaN } }, { a: Number.NaN }],
  [{ a: { $exists: true } }, { a: null }],
  [{ "a.b": { $exists: false } }, { a: [] }],
  [{ "a.2": { $exists: false } }, { a: [1, 2] }],
  [{ a: { $type: "number" } }, { a: big }],
  [{ a: { $type: ["string", 16] } }, { a: [new Int32(5)] }],
  [{ a: { $type: "array" } }, { a: [] }],
  [{ a: { $size: 2 } }, { a: [1, 2] }],
  [{ a: { $all: [1, 2] } }, { a: [2, 3, 1] }],
  [{ a: { $all: [{ $elemMatch: { b: 1, c: 1 } }] } }, { a: [{ b: 1, c: 1 }] }],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 2] }],
  [{ a: { $elemMatch: { b: 1, c: { $gt: 1 } } } }, { a: [{ b: 1, c: 2 }] }],
  [{ a: { $elemMatch: { "1": 5 } } }, { a: [[4, 5]] }],
  [{ a: { $mod: [4, -1] } }, { a: -5 }],
  [{ a: { $mod: [5, 0] } }, { a: -5 }],
  [{ a: { $regex: "^AB", $options: "i" } }, { a: "abc" }],
  [{ a: new BSONRegExp("b.d", "s") }, { a: ["b\nd"] }],
  [{ a: { $not: { $gt: 5 } } }, { a: "x" }],
  [{ a: { $not: /^x/ } }, { a: "y" }],
  [{ $nor: [{ a: 1 }, { b: 1 }] }, { a: 2 }],
  [{ $or: [{ a: 1 }, { b: { $exists: true } }] }, { b: 0 }],
  [{ $and: [{ a: { $gt: 0 } }, { a: { $lt: 2 } }] }, { a: 1 }],
  [{ $expr: { $gt: ["$a", "$b"] } }, { a: 2, b: 1 }],
  [{ $expr: { $lt: ["$$NOW", new Date(Date.now() + 60_000)] } }, {}],
  [{ a: new Binary(Buffer.from([0, 255])) }, { a: new Binary(Buffer.from([0, 255])) }],
  [{ constructor: null }, {}],
];

test.each(hits)("%j finds %j", (filter, document) => {
  expect(matches(filter, document)).toBe(true);
});

const misses: [Doc, Doc][] = [
  [{ a: Long.fromString("9007199254740992") }, { a: big }],
  [{ a: "1" }, { a: 1 }],
  [{ a: { $gt: 1 } }, { a: "2" }],
  [{ a: { $lt: 1 } }, { a: Number.NaN }],
  [{ a: { $lt: 5 } }, { a: null }],
  [{ a: { $gt: null } }, { a: 5 }],
  [{ "a.b": null }, { a: [] }],
  [{ "a.b": null }, { a: [1, 2] }],
  [{ "a.b": 1 }, { a: [[{ b: 1 }]] }],
  [{ a: { $ne: 2 } }, { a: [1, 2] }],
  [{ "a.b": { $ne: 1 } }, { a: [{ b: 1 }, { b: 2 }] }],
  [{ "a.b": { $nin: [1] } }, { a: [{ b: 2 }, { b: 1 }] }],
  [{ a: { $elemMatch: { $gt: 1, $lt: 3 } } }, { a: [0, 5] }],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, { a: [{ b: 1 }, { c: 2 }] }],
  [{ a: { $elemMatch: { b: 1 } } }, { a: { b: 1 } }],
  [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }],
  [{ a: { $size: 1 } }, { a: [1, 2] }],
  [{ a: { $all: [] } }, { a: [] }],
  [{ a: { $exists: true } }, {}],
  [{ "holds.31": { $exists: false } }, { holds: Array.from({ length: 32 }, () => ({})) }],
  [{ a: { $regex: "^b" } }, { a: "ab" }],
  [{ $expr: { $lt: ["$$NOW", new Date(Date.now() - 1)] } }, {}],
  [{ a: new Binary(Buffer.from([0, 254])) }, { a: new Binary(Buffer.from([0, 255])) }],
];

test.each(misses)("%j does not find %j", (filter, document) => {
  expect(matches(filter, document)).toBe(false);
});

const refused: [Doc, number][] = [
  [{ $where: "true" }, 115],
  [{ $text: { $search: "x" } }, 115],
  [{ $jsonSchema: {} }, 115],
  [{ $nope: 1 }, 2],
  [{ a: { $near: [0, 0] } }, 2],
  [{ a: { $gt: 1, b: 2 } }, 2],
  [{ a: { $in: 5 } }, 2],
  [{ a: { $in: [{ $gt: 1 }] } }, 2],
  [{ a: { $nin: null } }, 2],
  [{ a: { $size: "2" } }, 2],
  [{ a: { $mod: [0, 1] } }, 2],
  [{ a: { $type: "money" } }, 2],
  [{ a: { $type: true } }, 14],
  [{ a: Decimal128.fromString("1.0") }, 115],
  [{ a: { $gt: new MinKey() } }, 115],
  [{ a: { $elemMatch: 5 } }, 2],
  [{ a: { $not: 5 } }, 2],
  [{ a: { $options: "i" } }, 2],
  [{ a: { $regex: "(" } }, 51091],
  [{ a: { $regex: "a", $options: "q" } }, 51108],
  [{ $and: [] }, 2],
  [{ $or: [5] }, 2],
  [{ $expr: { $function: {} } }, 168],
  [{ $expr: { $gt: [{ $dateTrunc: {} }, 1] } }, 168],
];

test.each(refused)("refuses %j with code %i", (filter, code) => {
  try {
    compileFilter(filter);
  } catch (cause) {
    expect(cause).toBeInstanceOf(StoreError);
    expect((cause as StoreError).code).toBe(code);
    return;
  }
  expect.unreachable("the filter was accepted");
});
