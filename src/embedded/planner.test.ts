import { expect, test, vi } from "vitest";
import { encode } from "./bson-values";
import { Catalog } from "./catalog";
import { parseSort } from "./compare";
import { findRows } from "./row-reader";
import { Storage } from "./storage";
import { temporaryDirectory } from "./test-kit";

test.each([
  ["a page in order", { user: "u" }, { at: -1, _id: -1 }, 20],
  ["one document", { _id: 7 }, {}, 1],
  ["whatever comes first", { user: "u", at: { $gt: 3 } }, {}, 20],
])("finding %s costs the same however much there is: nothing is counted to the end", async (_, filter, sort, limit) => {
  const storage = new Storage(`${await temporaryDirectory()}/data.mdb`, () => undefined);
  const collection = await storage.write(() => {
    const made = new Catalog(storage).ensure("d.c");
    made.createIndexes([{ key: { user: 1, at: -1, _id: -1 }, name: "page" }]);
    for (let at = 0; at < 500; at++) made.insert(encode({ _id: at, user: "u", at }));
    return made;
  });
  collection.size();
  const countKeys = vi.spyOn(storage, "countKeys");
  const rows = [...findRows(collection, { filter, sort: parseSort(sort), limit })];
  expect(rows).toHaveLength(limit);
  for (const [, , upTo] of countKeys.mock.calls) expect(upTo).toBeLessThan(100);
  await storage.close();
});
