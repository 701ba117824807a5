import { LRUCache } from "lru-cache";
import { nanoid } from "nanoid";
import type { Cache } from "./cache";

const MIB = 1024 * 1024;

export interface MemoryCacheOptions {
  /** What keys and values may take up; beyond it the text not read for longest goes first. */
  maxBytes?: number;
}

/** Text and locks for one process alone. */
export function createMemoryCache({ maxBytes = 64 * MIB }: MemoryCacheOptions = {}): Cache {
  const values = new LRUCache<string, string>({
    maxSize: maxBytes,
    // Two bytes a character is the most that V8 uses.
    sizeCalculation: (value, key) => Math.max(1, (key.length + value.length) * 2),
  });
  // Kept apart from the texts: a lock must hold for its time, however full the cache is.
  const locks = new LRUCache<string, string>({ ttl: 1, ttlAutopurge: true });

  return {
    async get(key) {
      return values.get(key);
    },
    async set(key, value, ttlMs, token) {
      values.set(key, value, { ttl: atLeastOne(ttlMs) });
      if (token !== undefined && locks.get(key) === token) locks.delete(key);
    },
    async getOrLock(key, ttlMs) {
      const value = values.get(key);
      if (value !== undefined) return { value };
      if (locks.has(key)) return {};
      const token = nanoid();
      locks.set(key, token, { ttl: atLeastOne(ttlMs) });
      return { token };
    },
    async isLocked(key) {
      return locks.has(key);
    },
    async unlock(key, token) {
      if (locks.get(key) === token) locks.delete(key);
    },
  };
}

/** A time of 0 would mean "for ever" to the LRU cache. */
function atLeastOne(ttlMs: number): number {
  return Math.max(1, ttlMs);
}
