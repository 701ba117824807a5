import type { Failure } from "@/components/lib/failure";
import type { Generation } from "@/shared/image";
import type { ImageRequest } from "./image-request";

export type JobPhase = "sending" | "starting" | "processing" | "storing" | "late" | "reconnecting" | "failed";

/** Images being made, as their card shows them. */
export interface ImageJob {
  /** Names the card, and is the key under which the request runs and costs only once. */
  key: string;
  request: ImageRequest;
  generationId?: string | undefined;
  phase: JobPhase;
  percent?: number | undefined;
  failure?: Failure | undefined;
}

/** The card of a generation begun before this page was opened. */
export function jobOf({ id, prompt, aspectRatio, count, status, late }: Generation): ImageJob {
  const phase = late ? "late" : status === "processing" || status === "storing" ? status : "starting";
  return { key: id, generationId: id, request: { prompt, aspectRatio, count }, phase };
}

export const PHASE_NAMES: Record<JobPhase, string> = {
  sending: "Sending",
  starting: "Waiting for a free brush",
  processing: "Drawing",
  storing: "Putting it in your library",
  late: "Still being drawn. You need not wait: it arrives in your library, or costs nothing",
  reconnecting: "Reconnecting; it is being drawn meanwhile",
  failed: "Not made",
};
