import type { Redis } from "@upstash/redis";
import { nanoid } from "nanoid";
import type { Cache } from "./cache";

/** Deletes the lock in the same step that finds it to be the caller's: between two steps it could change hands. */
const UNLOCK = `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`;

/** Text and locks shared by every process on this Redis, under `prefix`. The client must be one of `createRedis`. */
export function createRedisCache(client: Redis, { prefix }: { prefix: string }): Cache {
  const valueKey = (key: string) => `${prefix}:value:${key}`;
  const lockKey = (key: string) => `${prefix}:lock:${key}`;

  return {
    async get(key) {
      return (await client.get<string>(valueKey(key))) ?? undefined;
    },
    async set(key, value, ttlMs) {
      await client.set(valueKey(key), value, { px: wholeMs(ttlMs) });
    },
    async lockAndGet(key, ttlMs, kept) {
      const token = nanoid();
      const [reply, value] = await client
        .pipeline()
        .set(lockKey(key), token, { nx: true, px: wholeMs(ttlMs) })
        .get<string>(valueKey(kept))
        .exec();
      return { ...(reply === "OK" && { token }), value: value ?? undefined };
    },
    async isLocked(key) {
      return (await client.exists(lockKey(key))) > 0;
    },
    async unlock(key, token) {
      await client.eval(UNLOCK, [lockKey(key)], [token]);
    },
  };
}

/** Redis takes whole milliseconds, at least one. */
function wholeMs(ttlMs: number): number {
  return Math.max(1, Math.ceil(ttlMs));
}
