import { LRUCache } from "lru-cache";
import type { RateLimiter } from "./rate-limiter";

interface Bucket {
  tokens: number;
  /** When the last token was added; the next one comes an interval later. */
  refilledAt: number;
}

export interface MemoryRateLimiterOptions {
  now?: () => number;
  /** Beyond so many keys the one not asked about for longest is forgotten, and starts with a full bucket again. */
  maxKeys?: number;
}

/** Token buckets for one process alone. */
export function createMemoryRateLimiter({
  now = Date.now,
  maxKeys = 50_000,
}: MemoryRateLimiterOptions = {}): RateLimiter {
  const buckets = new LRUCache<string, Bucket>({ max: maxKeys });

  return {
    async take(key, { intervalMs, burst }) {
      const time = now();
      const bucket = buckets.get(key) ?? { tokens: burst, refilledAt: time };
      // A clock that was set back must not keep the bucket shut until it has caught up.
      if (bucket.refilledAt > time) bucket.refilledAt = time;

      const added = Math.floor((time - bucket.refilledAt) / intervalMs);
      bucket.tokens = Math.min(burst, bucket.tokens + added);
      // Nothing drips into a full bucket: its next interval starts with the first token taken.
      bucket.refilledAt = bucket.tokens === burst ? time : bucket.refilledAt + added * intervalMs;
      buckets.set(key, bucket);

      if (bucket.tokens < 1) {
        return { allowed: false, retryAfterMs: Math.max(1, Math.ceil(bucket.refilledAt + intervalMs - time)) };
      }
      bucket.tokens -= 1;
      return { allowed: true };
    },
  };
}
