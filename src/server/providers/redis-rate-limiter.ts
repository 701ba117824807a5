import { Ratelimit } from "@upstash/ratelimit";
import type { Redis } from "@upstash/redis";
import { AppError } from "@/shared/errors";
import type { BucketRule, RateLimiter } from "./rate-limiter";

export interface RedisRateLimiterOptions {
  /** The longest a decision may take, on top of the client's deadline for each command. */
  timeoutMs?: number;
}

/** Token buckets shared by every process on this Redis. One key is always taken with the same rule. */
export function createRedisRateLimiter(
  client: Redis,
  { timeoutMs = 2_000 }: RedisRateLimiterOptions = {},
): RateLimiter {
  const limiters = new Map<string, Ratelimit>();

  function limiterFor({ intervalMs, burst }: BucketRule): Ratelimit {
    const name = `${intervalMs}:${burst}`;
    let limiter = limiters.get(name);
    if (!limiter) {
      limiter = new Ratelimit({
        redis: client,
        limiter: Ratelimit.tokenBucket(1, `${intervalMs} ms`, burst),
        prefix: "inkwell:limit",
        analytics: false,
        // Left undefined it would keep every refused key in memory for good.
        ephemeralCache: false,
        timeout: timeoutMs,
      });
      limiters.set(name, limiter);
    }
    return limiter;
  }

  return {
    async take(key, rule) {
      try {
        const { success, reset, reason } = await limiterFor(rule).limit(key);
        // A reason means that Redis did not decide. After a timeout the SDK would let the call through.
        if (reason !== undefined) throw new Error(`The limit of "${key}" was not decided by Redis: ${reason}`);
        if (success) return { allowed: true };
        // Clocks of several machines differ; a bucket is never empty for longer than it takes to fill.
        const wait = Math.ceil(reset - Date.now());
        return { allowed: false, retryAfterMs: Math.min(Math.max(wait, 1), rule.burst * rule.intervalMs) };
      } catch (cause) {
        throw new AppError("SERVICE_UNAVAILABLE", undefined, { cause });
      }
    },
  };
}
