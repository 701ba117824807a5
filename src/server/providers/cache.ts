/** Short-lived shared text by key, and locks. Every method may reject when the store is away; callers do without. */
export interface Cache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /**
   * A token when the lock was free and is now ours for `ttlMs`; and what is kept under `valueKey`, looked up after that
   * and in the same round trip.
   */
  lockAndGet(key: string, ttlMs: number, valueKey: string): Promise<{ token?: string; value?: string }>;
  isLocked(key: string): Promise<boolean>;
  /** Frees the lock only while `token` still owns it. */
  unlock(key: string, token: string): Promise<void>;
}
