import { Double, Long } from "bson";
import type { Collection } from "mongoose";
import { expect, test } from "vitest";
import { freshStore } from "./test-kit";

async function sales() {
  const { db } = await freshStore();
  const collection = db.collection("sales") as unknown as Collection;
  await collection.insertMany([
    { _id: 1 as never, by: "ada", n: 3, tags: ["x", "y"], at: new Date("2030-01-01T23:00:00Z") },
    { _id: 2 as never, by: "ada", n: 1, tags: ["y"], at: new Date("2030-01-02T01:00:00Z") },
    { _id: 3 as never, by: "bob", n: 5, tags: [], at: new Date("2030-01-02T02:00:00Z") },
    { _id: 4 as never, by: "bob", n: null, at: new Date("2030-01-03T00:00:00Z"), deep: { v: 7 } },
  ]);
  return collection;
}

const pipelines: [string, object[], unknown][] = [
  [
    "groups, adds up and sorts",
    [
      { $group: { _id: "$by", total: { $sum: "$n" }, count: { $sum: 1 }, most: { $max: "$n" } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: "ada", total: 4, count: 2, most: 3 },
      { _id: "bob", total: 5, count: 2, most: 5 },
    ],
  ],
  [
    "groups by day",
    [
      { $group: { _id: { $dateToString: { date: "$at", format: "%Y-%m-%d" } }, n: { $sum: 1 } } },
      { $sort: { _id: 1 } },
    ],
    [
      { _id: "2030-01-01", n: 1 },
      { _id: "2030-01-02", n: 2 },
      { _id: "2030-01-03", n: 1 },
    ],
  ],
  [
    "takes first, last, mean and lists in order",
    [
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: null,
          first: { $first: "$n" },
          last: { $last: "$by" },
          mean: { $avg: "$n" },
          least: { $min: "$n" },
          all: { $push: "$n" },
          who: { $addToSet: "$by" },
        },
      },
    ],
    [{ _id: null, first: 3, last: "bob", mean: 3, least: 1, all: [3, 1, 5, null], who: ["ada", "bob"] }],
  ],
  [
    "unwinds, leaving out what has nothing",
    [{ $unwind: "$tags" }, { $project: { tags: 1 } }],
    [
      { _id: 1, tags: "x" },
      { _id: 1, tags: "y" },
      { _id: 2, tags: "y" },
    ],
  ],
  ["projects", [{ $match: { _id: 1 } }, { $project: { n: 1, "at.x": 1 } }], [{ _id: 1, n: 3 }]],
  [
    "compares missing, null and values as MongoDB does",
    [
      { $match: { _id: 4 } },
      {
        $group: {
          _id: {
            a: { $lt: ["$nothing", null] },
            b: { $gt: ["$by", 5] },
            c: { $ifNull: ["$n", "none"] },
            d: { $cond: [{ $in: ["bob", ["$by"]] }, "yes", "no"] },
            e: { $size: { $ifNull: ["$tags", []] } },
            f: { $subtract: ["$at", new Date("2030-01-02T00:00:00Z")] },
            g: { $multiply: [{ $add: ["$deep.v", 1] }, 1.5] },
            h: { $and: [{ $not: "$nothing" }, { $or: [0, "$by"] }] },
            i: "$nothing",
          },
        },
      },
    ],
    [{ _id: { a: true, b: true, c: "none", d: "yes", e: 0, f: 86_400_000, g: 12, h: true } }],
  ],
  [
    "groups by the day in a time zone",
    [
      { $match: { _id: { $lte: 2 } } },
      { $group: { _id: { $dateToString: { date: "$at", format: "%d", timezone: "+02:00" } }, n: { $sum: 1 } } },
    ],
    [{ _id: "02", n: 2 }],
  ],
  ["counts", [{ $match: { by: "bob" } }, { $limit: 5 }, { $count: "n" }], [{ n: 2 }]],
  ["counts nothing as nothing", [{ $match: { by: "eve" } }, { $count: "n" }], []],
  ["skips and limits", [{ $sort: { _id: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }], [{ _id: 3 }]],
];

test.each(pipelines)("%s", async (_name, pipeline, result) => {
  const collection = await sales();
  expect(await collection.aggregate(pipeline).toArray()).toEqual(result);
});

test("adds up fractions and large integers without losing any", async () => {
  const { db } = await freshStore();
  const amounts = db.collection("amounts");
  await amounts.insertMany([
    { d: new Double(0.5), l: Long.fromString("9007199254740993") },
    { d: new Double(0.25), l: Long.fromString("2") },
  ]);
  const [total] = await amounts.aggregate([{ $group: { _id: null, d: { $sum: "$d" }, l: { $sum: "$l" } } }]).toArray();
  expect(total?.d).toBe(0.75);
  expect(String(total?.l)).toBe("9007199254740995");
});

test("fails on a wrong operand instead of guessing", async () => {
  const collection = await sales();
  const run = (expression: object) => collection.aggregate([{ $group: { _id: expression } }]).toArray();
  await expect(run({ $add: ["$by", 1] })).rejects.toMatchObject({ code: 14 });
  await expect(run({ $in: [1, "$by"] })).rejects.toMatchObject({ code: 40081 });
  await expect(run({ $dateToString: { date: "$by" } })).rejects.toMatchObject({ code: 16006 });
  await expect(run({ $dateToString: { date: "$at", format: "%Q" } })).rejects.toMatchObject({ code: 18536 });
  await expect(run({ $toDouble: "$by" })).rejects.toMatchObject({ code: 168 });
});

test("populates through Mongoose and lists distinct values", async () => {
  const collection = await sales();
  expect(await collection.distinct("tags")).toEqual(["x", "y"]);
  expect(await collection.distinct("n", { by: "bob" })).toEqual([null, 5]);
  expect(await collection.countDocuments({}, { skip: 1, limit: 2 })).toBe(2);
  expect(await collection.estimatedDocumentCount()).toBe(4);
});
