import type { Redis } from "@upstash/redis";
import { nanoid } from "nanoid";
import { z } from "zod";
import type { Cache } from "./cache";

const keptOrLocked = z.tuple([z.string().nullable(), z.unknown()]);

/** Deletes the lock in the same step that finds it to be the caller's: between two steps it could change hands. */
const UNLOCK = `if redis.call("GET", KEYS[1]) == ARGV[1] then return redis.call("DEL", KEYS[1]) end return 0`;

const GET_OR_LOCK = `
  local value = redis.call("GET", KEYS[1])
  if value then return { value, false } end
  return { false, redis.call("SET", KEYS[2], ARGV[1], "NX", "PX", ARGV[2]) and 1 or false }`;

const SET_AND_UNLOCK = `
  redis.call("SET", KEYS[1], ARGV[1], "PX", ARGV[2])
  if redis.call("GET", KEYS[2]) == ARGV[3] then redis.call("DEL", KEYS[2]) end
  return 1`;

/** Text and locks shared by every process on this Redis, under `prefix`. The client must be one of `createRedis`. */
export function createRedisCache(client: Redis, { prefix }: { prefix: string }): Cache {
  const valueKey = (key: string) => `${prefix}:value:${key}`;
  const lockKey = (key: string) => `${prefix}:lock:${key}`;

  return {
    async get(key) {
      return (await client.get<string>(valueKey(key))) ?? undefined;
    },
    async set(key, value, ttlMs, token) {
      const px = wholeMs(ttlMs);
      if (token === undefined) await client.set(valueKey(key), value, { px });
      else await client.eval(SET_AND_UNLOCK, [valueKey(key), lockKey(key)], [value, String(px), token]);
    },
    async getOrLock(key, ttlMs) {
      const token = nanoid();
      const reply = await client.eval(GET_OR_LOCK, [valueKey(key), lockKey(key)], [token, String(wholeMs(ttlMs))]);
      const [value, isLocked] = keptOrLocked.parse(reply);
      return { ...(value !== null && { value }), ...(isLocked !== null && { token }) };
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
