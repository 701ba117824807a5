import { processState } from "@/server/lib/process-state";
import { AppError } from "@/shared/errors";

const state = processState("draining", () => ({ since: 0, streams: new AbortController() }));

/** From now on nothing new is begun in this process; what runs may finish. */
export function beginDraining(): void {
  state.since = Date.now();
}

export const isDraining = (): boolean => state.since > 0;

/** @throws AppError SERVICE_UNAVAILABLE once this process is stopping. */
export function refuseWhileDraining(): void {
  if (isDraining()) {
    throw new AppError("SERVICE_UNAVAILABLE", "The server is restarting. Try again in a moment; nothing was charged.");
  }
}

/** Aborts when every open stream is to end: streams that wait for news would keep the process alive for ever. */
export const streamsEnd = (): AbortSignal => state.streams.signal;

/** Ends every open stream. */
export function endStreams(): void {
  state.streams.abort();
}
