import type { Catalog } from "./catalog";
import type { Collection } from "./collection";
import type { Index } from "./index-definition";
import { findRows } from "./row-reader";

const BATCH = 500;

function removeSome(collection: Collection, index: Index, before: Date): number {
  if (collection.dropped || !collection.indexes.includes(index)) return 0;
  const [field = ""] = index.fields;
  const expired = { [field]: { $lte: before } };
  const filter = index.partial ? { $and: [expired, index.partial.filter] } : expired;
  const ids = Array.from(findRows(collection, { filter, limit: BATCH }), ({ id }) => id);
  for (const id of ids) {
    const raw = collection.read(id);
    if (raw) collection.remove({ id, raw });
  }
  return ids.length;
}

/** Removes the documents whose TTL index says that their time is over. Returns how many. */
export async function removeExpired(catalog: Catalog, now = Date.now()): Promise<number> {
  let total = 0;
  for (const collection of [...catalog.collections.values()]) {
    for (const index of [...collection.indexes]) {
      if (index.expireAfterSeconds === undefined) continue;
      const before = new Date(now - index.expireAfterSeconds * 1000);
      let removed: number;
      do {
        removed = await catalog.storage.write(() => removeSome(collection, index, before));
        total += removed;
      } while (removed === BATCH);
    }
  }
  return total;
}
