import { metrics } from "./metrics";

/** Counts a stream as open until its request is over; its signal fires then, however it ended. */
export function noteStream(signal: AbortSignal): void {
  if (signal.aborted) return;
  metrics().openStreams.inc();
  signal.addEventListener("abort", () => metrics().openStreams.dec(), { once: true });
}
