/**
 * `work`, unless `signal` aborts first: then it rejects at once with the signal's reason, and whatever becomes of
 * `work` is ignored. SDKs are slow to notice an abort, and some never do.
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Runs one call with a signal of its own, which is aborted when the caller's is and when the call has ended. */
export async function withOwnSignal<T>(signal: AbortSignal, call: (own: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const own = new AbortController();
  const stop = () => own.abort(signal.reason);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await abortable(call(own.signal), signal);
  } catch (error) {
    // Once aborted, the reason is what the caller has to see, whatever the SDK made of it.
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    own.abort();
  }
}
