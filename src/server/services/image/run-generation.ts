import { Generation, type GenerationDoc, type OperationDoc } from "@models";
import { env } from "@/env";
import { sleep } from "@/server/lib/clock";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { imageProvider } from "@/server/providers/configured";
import type { Prediction } from "@/server/providers/image-provider";
import { ProviderError } from "@/server/providers/provider-error";
import { keepLease } from "@/server/services/credits/keep-lease";
import type { Run } from "@/server/services/runs/run-registry";
import { tellFailure } from "@/server/services/runs/tell-failure";
import { AppError } from "@/shared/errors";
import { deliverImages, failGeneration } from "./deliver-images";
import { canceledError, type GenerationState, generations } from "./generations";
import { storeImages } from "./store-images";

export interface GenerationJob {
  operation: OperationDoc;
  generation: GenerationDoc;
  log: Logger;
}

/** Why a run was told to stop. */
export const CANCELED_BY_USER = "canceled by the user";

/** Cancelling at the provider is a courtesy: it must not keep anyone waiting. */
const CANCEL_MS = 2_000;

/** Begins making images, on its own from here on: requests only follow and steer. */
export function runGeneration(job: GenerationJob): void {
  const { operation, generation, log } = job;
  const starting = { progress: { type: "progress", status: "starting" } } as const;
  generations.start(generation._id, { ...starting }, async (run) => {
    const stopLease = keepLease(operation, log, () => run.stop.abort("lease lost"));
    try {
      run.update({ end: await makeImages(job, run) });
    } catch (error) {
      // Not even the failure could be written down: the sweep will, and nothing is charged.
      log.error({ err: error }, "generation lost its database");
      const { code, message } = tellFailure(error);
      run.update({ end: { type: "error", code, message, requestId: operation.requestId, partial: false } });
    } finally {
      stopLease();
    }
  });
}

async function makeImages(job: GenerationJob, run: Run<GenerationState>): Promise<GenerationState["end"]> {
  const { operation, generation, log } = job;
  const late = AbortSignal.timeout(policy.image.totalMs);
  const signal = AbortSignal.any([run.stop.signal, late]);
  try {
    const prediction = await awaitPrediction(generation, run, signal);
    await moveTo(generation, run, { status: "storing" });
    const stored = await storeImages(generation, prediction.outputUrls, operation.amount / generation.count, late, log);
    return await deliverImages(operation, generation, stored);
  } catch (error) {
    if (run.stop.signal.reason === CANCELED_BY_USER) {
      return await failGeneration(operation, generation, "canceled", canceledError());
    }
    const failure = late.aborted ? new AppError("PROVIDER_TIMEOUT", undefined, { cause: error }) : tellFailure(error);
    if (failure.code === "INTERNAL") log.error({ err: error }, "generation failed");
    return await failGeneration(operation, generation, "failed", failure);
  }
}

/** Asks for the images and waits for them; cancels at the provider when we stop waiting. */
async function awaitPrediction(
  generation: GenerationDoc,
  run: Run<GenerationState>,
  signal: AbortSignal,
): Promise<Prediction> {
  const provider = imageProvider();
  const { prompt, aspectRatio, count, seed } = generation;
  const model = env.REPLICATE_MODEL;
  let prediction = await provider.create({ model, prompt, aspectRatio, count, seed, signal });
  // Before anything else can go wrong: with the id, a result that comes late can still be found.
  await Generation.updateOne({ _id: generation._id }, { $set: { predictionId: prediction.id, status: "processing" } });
  try {
    while (prediction.status === "starting" || prediction.status === "processing") {
      run.update({ progress: { type: "progress", status: prediction.status, percent: prediction.percent } });
      await sleep(policy.image.pollMs, signal);
      prediction = await provider.get(prediction.id, signal);
    }
  } catch (error) {
    if (signal.aborted) await cancelQuietly(prediction.id);
    throw error;
  }
  if (prediction.blocked) throw new AppError("CONTENT_BLOCKED");
  if (prediction.status !== "succeeded" || prediction.outputUrls.length === 0) {
    throw new ProviderError({ provider: provider.name, kind: "failed" });
  }
  return prediction;
}

async function cancelQuietly(predictionId: string): Promise<void> {
  try {
    await imageProvider().cancel(predictionId, AbortSignal.timeout(CANCEL_MS));
  } catch {
    // It ends by itself; nothing is charged here either way.
  }
}

async function moveTo(
  generation: GenerationDoc,
  run: Run<GenerationState>,
  { status }: { status: "processing" | "storing" },
): Promise<void> {
  await Generation.updateOne({ _id: generation._id }, { $set: { status } });
  run.update({ progress: { type: "progress", status } });
}
