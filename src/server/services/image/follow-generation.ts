import { Generation } from "@models";
import { sleep } from "@/server/lib/clock";
import { getBalance } from "@/server/services/credits/get-balance";
import type { Follower, Run } from "@/server/services/runs/run-registry";
import { countStream, tellFailure } from "@/server/services/runs/tell-failure";
import { AppError, isErrorCode } from "@/shared/errors";
import type { ImageEvent } from "@/shared/image";
import { canceledError, type GenerationState, generations } from "./generations";
import { imagesOf, isLate } from "./image-view";

/** How often the stored state is looked at when the images are being made by another process. */
const POLL_MS = 500;

interface FollowInput {
  userId: string;
  generationId: string;
  signal: AbortSignal;
}

/**
 * What happens to a generation from now until its end, or until it is late: then it goes on unwatched. Wherever it runs.
 * Ends silently when `signal` aborts.
 */
export async function* followGeneration({ userId, generationId, signal }: FollowInput): AsyncGenerator<ImageEvent> {
  let shown: GenerationState["progress"] | undefined;
  let run: Run<GenerationState> | undefined;
  let follower: Follower | undefined;
  const uncount = countStream();
  try {
    while (!signal.aborted) {
      const found = generations.find(generationId);
      if (found !== run) {
        follower?.leave();
        follower = found?.follow(signal);
        run = found;
      }
      const { progress, late, end } = run ? run.state : await storedState(userId, generationId);
      if (end) {
        yield end;
        return;
      }
      if (late) {
        yield { type: "pending", generationId };
        return;
      }
      if (progress.status !== shown?.status || progress.percent !== shown?.percent) {
        shown = progress;
        yield progress;
      }
      if (run && (run.state.progress !== progress || run.state.late || run.state.end)) continue;
      try {
        await (follower?.changed() ?? sleep(POLL_MS, signal));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  } catch (error) {
    throw tellFailure(error);
  } finally {
    follower?.leave();
    uncount();
  }
}

async function storedState(userId: string, generationId: string): Promise<GenerationState> {
  const generation = await Generation.findOne({ _id: generationId, userId }).lean();
  if (!generation) throw new AppError("NOT_FOUND", "There is no such generation.");
  const { status, charged, requestId } = generation;
  if (status === "starting" || status === "processing" || status === "storing") {
    return { progress: { type: "progress", status }, late: isLate(generation) };
  }
  const progress = { type: "progress", status: "storing" } as const;
  if (status === "complete") {
    const [images, balance] = await Promise.all([imagesOf(generationId), getBalance(userId)]);
    return { progress, end: { type: "done", images, charged, balance } };
  }
  const known = isErrorCode(generation.errorCode) ? generation.errorCode : "SERVICE_UNAVAILABLE";
  const { code, message } = status === "canceled" ? canceledError() : new AppError(known);
  return { progress, end: { type: "error", code, message, requestId, partial: false } };
}
