/** Resolves after `ms` milliseconds, or rejects with the signal's reason as soon as it aborts. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** What a signal below waits for, for as long as the signal itself is there. */
const deadlines = new WeakMap<AbortSignal, AbortSignal>();

/**
 * Aborts with `signal`, or with a TimeoutError after `ms` milliseconds. `AbortSignal.any` alone would not: up to Node 22
 * it does not hold its sources, so that a deadline nobody else holds is collected as garbage and never strikes.
 */
export function withDeadline(signal: AbortSignal, ms: number): AbortSignal {
  const deadline = AbortSignal.timeout(ms);
  const either = AbortSignal.any([signal, deadline]);
  deadlines.set(either, deadline);
  return either;
}
