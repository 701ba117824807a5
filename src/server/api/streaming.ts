import { streamsEnd } from "@/server/services/runs/draining";

/** Ends a stream when its reader leaves, or when the process stops. In-process callers have no signal. */
export function streamSignal(signal: AbortSignal | undefined): AbortSignal {
  return signal ? AbortSignal.any([signal, streamsEnd()]) : streamsEnd();
}
