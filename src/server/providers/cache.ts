/** Short-lived shared text by key, and locks. Every method may reject when the store is away; callers do without. */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  /** With `token`, frees the lock on `key` too while that still owns it. */
  set(key: string, value: string, ttlMs: number, token?: string): Promise<void>;
  /**
   * What is kept under `key`; where nothing is, a token if nobody had locked it, for it is the caller's now, for `ttlMs`.
   * One step and one round trip.
   */
  getOrLock(key: string, ttlMs: number): Promise<{ value?: string; token?: string }>;
  isLocked(key: string): Promise<boolean>;
  /** Frees the lock only while `token` still owns it. */
  unlock(key: string, token: string): Promise<void>;
}
