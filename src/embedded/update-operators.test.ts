import { Double, deserialize, Int32, Long } from "bson";
import { expect, test } from "vitest";
import { type Doc, decode, encode } from "./bson-values";
import { StoreError } from "./errors";
import { compileChange } from "./update-statement";

const stored = (document: Doc) => decode(encode(document));
const plain = (document: Doc) => deserialize(encode(document));

function updated(document: Doc, update: Doc, filter: Doc = {}): Doc {
  const raw = encode({ _id: 1, ...document });
  const { _id, ...rest } = compileChange(stored(update), stored(filter)).applyTo({ id: Buffer.alloc(0), raw });
  return decode(encode(rest));
}

const cases: [string, Doc, Doc, Doc, Doc?][] = [
  ["sets a nested path", {}, { $set: { "a.b.c": 1 } }, { a: { b: { c: 1 } } }],
  ["sets beyond the end of an array", { a: [1] }, { $set: { "a.3": 4 } }, { a: [1, null, null, 4] }],
  ["unsets a field", { a: 1, b: 2 }, { $unset: { a: "" } }, { b: 2 }],
  ["unsets an element to null", { a: [1, 2] }, { $unset: { "a.0": 1 } }, { a: [null, 2] }],
  ["unsets nothing through a scalar", { a: 1 }, { $unset: { "a.b": 1 } }, { a: 1 }],
  ["increments from nothing", {}, { $inc: { "a.b": 2 } }, { a: { b: 2 } }],
  ["keeps the lesser", { a: 5, b: 5 }, { $min: { a: 3, b: 9 } }, { a: 3, b: 5 }],
  ["keeps the greater", { a: 5 }, { $max: { a: 9, b: 1 } }, { a: 9, b: 1 }],
  ["pushes one", { a: [1] }, { $push: { a: [2] } }, { a: [1, [2]] }],
  ["pushes into nothing", {}, { $push: { "x.a": 1 } }, { x: { a: [1] } }],
  ["pushes a document", {}, { $push: { a: { b: 1 } } }, { a: [{ b: 1 }] }],
  ["keeps the last", { a: [1, 2] }, { $push: { a: { $each: [3, 4], $slice: -3 } } }, { a: [2, 3, 4] }],
  ["keeps none", { a: [1] }, { $push: { a: { $each: [2], $slice: 0 } } }, { a: [] }],
  [
    "adds to a set once",
    { a: [1, { x: 1 }] },
    { $addToSet: { a: { $each: [1, { x: 1 }, 2, 2] } } },
    { a: [1, { x: 1 }, 2] },
  ],
  ["pulls a value", { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
  ["pulls by condition", { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
  ["pulls documents by fields", { a: [{ op: 1, n: 1 }, { op: 2 }] }, { $pull: { a: { op: 1 } } }, { a: [{ op: 2 }] }],
  [
    "pulls documents by a list",
    { a: [{ _id: 1 }, { _id: 2 }] },
    { $pull: { a: { _id: { $in: [1] } } } },
    { a: [{ _id: 2 }] },
  ],
  ["pulls from nothing", {}, { $pull: { a: 1 } }, {}],
  ["leaves $setOnInsert out", { a: 1 }, { $setOnInsert: { b: 1 }, $set: { a: 2 } }, { a: 2 }],
];

test.each(cases)("%s", (_name, before, update, after, filter) => {
  expect(plain(updated(before, update, filter))).toEqual(after);
});

const arithmetic: [unknown, unknown, unknown][] = [
  [new Int32(1), new Int32(2), new Int32(3)],
  [new Int32(2147483647), new Int32(1), Long.fromNumber(2147483648)],
  [Long.fromNumber(5), new Int32(1), Long.fromNumber(6)],
  [new Int32(5), new Double(1), new Double(6)],
  [Long.fromString("9007199254740992"), new Int32(1), Long.fromString("9007199254740993")],
];

test.each(arithmetic)("%s + %s keeps the wider type", (value, step, sum) => {
  expect(updated({ a: value }, { $inc: { a: step } }).a).toEqual(sum);
});

const failures: [string, number, Doc, Doc, Doc?][] = [
  ["$inc on a string", 14, { a: "1" }, { $inc: { a: 1 } }],
  ["$inc on null", 14, { a: null }, { $inc: { a: 1 } }],
  ["$inc by a string", 14, {}, { $inc: { a: "1" } }],
  ["$push on a number", 2, { a: 1 }, { $push: { a: 1 } }],
  ["$push on null", 2, { a: null }, { $push: { a: 1 } }],
  ["$addToSet on a document", 2, { a: {} }, { $addToSet: { a: 1 } }],
  ["$pull from a string", 2, { a: "x" }, { $pull: { a: "x" } }],
  ["$set through null", 28, { a: null }, { $set: { "a.b": 1 } }],
  ["$set through a number", 28, { a: 1 }, { $set: { "a.b": 1 } }],
  ["$set of a name in an array", 28, { a: [1] }, { $set: { "a.b": 1 } }],
  ["an unknown $push clause", 2, {}, { $push: { a: { $each: [1], $top: 1 } } }],
  ["$each that is no array", 2, {}, { $push: { a: { $each: 1 } } }],
  ["$slice without $each", 2, {}, { $push: { a: { $slice: 1 } } }],
  ["the same path twice", 40, {}, { $set: { a: 1 }, $inc: { a: 1 } }],
  ["a path and its parent", 40, {}, { $set: { a: {} }, $push: { "a.b": 1 } }],
  ["a changed _id", 66, {}, { $set: { _id: 2 } }],
  ["a removed _id", 66, {}, { $unset: { _id: 1 } }],
  ["an unknown operator", 9, {}, { $bump: { a: 1 } }],
  ["an operator without fields", 9, {}, { $set: 5 }],
  ["an empty name in a path", 56, {}, { $set: { "a..b": 1 } }],
  ["an operator that is left out", 115, {}, { $rename: { a: "b" } }],
  ["a clause that is left out", 115, {}, { $push: { a: { $each: [1], $sort: 1 } } }],
  ["a replacement document", 115, {}, { a: 1 }],
  ["a change inside the _id", 66, { _id: { x: 1 } }, { $set: { "_id.x": 2 } }],
  ["the positional operator", 115, { a: [1] }, { $set: { "a.$": 1 } }, { a: 1 }],
  ["array filters in a path", 115, { a: [1] }, { $set: { "a.$[]": 1 } }],
  ["an integer overflow", 2, { a: Long.MAX_VALUE }, { $inc: { a: 1 } }],
];

test.each(failures)("refuses %s with code %i", (_name, code, document, update, filter) => {
  try {
    updated(document, update, filter);
  } catch (cause) {
    expect(cause).toBeInstanceOf(StoreError);
    expect((cause as StoreError).code).toBe(code);
    return;
  }
  expect.unreachable("the update was accepted");
});

test("starts an upsert from the equalities of its filter", () => {
  const filter = stored({ _id: 5, "a.b": 1, n: { $gte: 3 }, c: { $eq: 2 }, $and: [{ d: 4 }], e: /x/ });
  const change = compileChange(stored({ $set: { x: 1 }, $setOnInsert: { y: 2 } }), filter);
  expect(plain(change.newDocument())).toEqual({ _id: 5, a: { b: 1 }, c: 2, d: 4, x: 1, y: 2 });
});

test("refuses an update pipeline", () => {
  expect(() => compileChange([{ $set: { a: 1 } }], {})).toThrow("not supported");
});
