/** A token bucket's shape: `burst` tokens at most, one more every `intervalMs`. */
export interface BucketRule {
  intervalMs: number;
  burst: number;
}

export type TakeResult = { allowed: true } | { allowed: false; retryAfterMs: number };

/** Token buckets by key. Throws SERVICE_UNAVAILABLE when its store is away: never lets a call run unlimited. */
export interface RateLimiter {
  take(key: string, rule: BucketRule): Promise<TakeResult>;
}
