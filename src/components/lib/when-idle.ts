const PATIENCE_MS = 5_000;
const WITHOUT_IDLE_MS = 1_500;

/** Calls back when the page has nothing better to do, a few seconds from now at the latest. Returns how to call it off. */
export function whenIdle(callback: () => void): () => void {
  if (typeof window.requestIdleCallback !== "function") {
    const timer = setTimeout(callback, WITHOUT_IDLE_MS);
    return () => clearTimeout(timer);
  }
  const handle = window.requestIdleCallback(callback, { timeout: PATIENCE_MS });
  return () => window.cancelIdleCallback(handle);
}
