import { expect, test } from "vitest";
import { freshStore } from "./test-kit";

const stored = { _id: 1, a: 1, b: { c: 2, d: 3 }, list: [{ k: 1, v: "x" }, { k: 2, v: "y" }, 5] };

const projections: [object, object][] = [
  [{ a: 1 }, { _id: 1, a: 1 }],
  [{ a: 1, _id: 0 }, { a: 1 }],
  [{ _id: 1 }, { _id: 1 }],
  [
    { a: 0, b: 0 },
    { _id: 1, list: stored.list },
  ],
  [
    { _id: 0, list: 0 },
    { a: 1, b: { c: 2, d: 3 } },
  ],
  [{ "b.c": 1 }, { _id: 1, b: { c: 2 } }],
  [{ b: { c: 1 } }, { _id: 1, b: { c: 2 } }],
  [
    { "b.c": 0, list: 0 },
    { _id: 1, a: 1, b: { d: 3 } },
  ],
  [{ "list.k": 1 }, { _id: 1, list: [{ k: 1 }, { k: 2 }] }],
  [
    { "list.v": 0, a: 0, b: 0 },
    { _id: 1, list: [{ k: 1 }, { k: 2 }, 5] },
  ],
];

test("shows what the projection asks for, from find and findOneAndUpdate alike", async () => {
  const { db } = await freshStore();
  const collection = db.collection<{ _id: number }>("things");
  await collection.insertOne(stored);
  for (const [projection, expected] of projections) {
    expect(await collection.findOne({}, { projection }), JSON.stringify(projection)).toEqual(expected);
    const updated = await collection.findOneAndUpdate({}, { $set: { a: 1 } }, { projection });
    expect(updated, JSON.stringify(projection)).toEqual(expected);
  }
});
