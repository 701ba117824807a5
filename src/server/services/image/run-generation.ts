import { Generation, type GenerationDoc, type OperationDoc } from "@models";
import { withDeadline } from "@/server/lib/clock";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { imageProvider } from "@/server/providers/configured";
import type { Prediction } from "@/server/providers/image-provider";
import { ProviderError } from "@/server/providers/provider-error";
import { callGuarded, ProviderResting } from "@/server/services/ai/provider-guard";
import { keepLease } from "@/server/services/credits/keep-lease";
import { failureClass, noteProviderCall } from "@/server/services/observability/note-provider-call";
import type { Run } from "@/server/services/runs/run-registry";
import { tellFailure } from "@/server/services/runs/tell-failure";
import { currentSettings } from "@/server/services/settings/current-settings";
import { AppError } from "@/shared/errors";
import { deliverImages, failGeneration, stillRunning } from "./deliver-images";
import { canceledError, type GenerationState, generations } from "./generations";
import { isPassing, keepStoring } from "./keep-storing";

export interface GenerationJob {
  operation: OperationDoc;
  generation: GenerationDoc;
  log: Logger;
}

/** Why a run was told to stop. */
export const CANCELED_BY_USER = "canceled by the user";
const LEASE_LOST = "lease lost";

/** Cancelling at the provider is a courtesy: it must not keep anyone waiting. */
const CANCEL_MS = 2_000;

/**
 * Begins making images, on its own from here on: requests only follow and steer. A generation that has a prediction
 * already is taken up where its last worker left it.
 */
export function runGeneration(job: GenerationJob): void {
  const { operation, generation, log } = job;
  const { totalMs } = policy.image;
  const starting = { progress: { type: "progress", status: "starting" } } as const;
  generations.start(generation._id, { ...starting }, async (run) => {
    const stopLease = keepLease(operation, log, () => run.stop.abort(LEASE_LOST));
    const becomesLate = setTimeout(
      () => run.update({ late: true }),
      generation.createdAt.getTime() + totalMs - Date.now(),
    );
    try {
      run.update({ end: await makeImages(job, run) });
    } catch (error) {
      // Not even the failure could be written down: the sweep will, and nothing is charged.
      log.error({ err: error }, "generation lost its database");
      const { code, message } = tellFailure(error);
      run.update({ end: { type: "error", code, message, requestId: operation.requestId, partial: false } });
    } finally {
      stopLease();
      clearTimeout(becomesLate);
    }
  });
}

/** Aborts when a result would come too late to be of use: Replicate keeps its outputs for an hour. */
function givingUp({ createdAt }: GenerationDoc): AbortSignal {
  return AbortSignal.timeout(Math.max(1, createdAt.getTime() + policy.image.lateMs - Date.now()));
}

async function makeImages(job: GenerationJob, run: Run<GenerationState>): Promise<GenerationState["end"]> {
  const { operation, generation, log } = job;
  const tooLate = givingUp(generation);
  const signal = AbortSignal.any([run.stop.signal, tooLate]);
  try {
    const prediction = await notedPrediction(job, run, signal);
    await Generation.updateOne(stillRunning(generation._id), { $set: { status: "storing" } });
    run.update({ progress: { type: "progress", status: "storing" } });
    const price = operation.amount / generation.count;
    const stored = await keepStoring(generation, prediction.outputUrls, price, tooLate, log);
    return await deliverImages(operation, generation, stored, log);
  } catch (error) {
    // Another worker has it now, and waits for the same prediction.
    if (run.stop.signal.reason === LEASE_LOST) return undefined;
    if (run.stop.signal.reason === CANCELED_BY_USER) {
      return await failGeneration(operation, generation, "canceled", canceledError(), log);
    }
    const failure = tooLate.aborted
      ? new AppError("PROVIDER_TIMEOUT", undefined, { cause: error })
      : tellFailure(error);
    if (failure.code === "INTERNAL") log.error({ err: error }, "generation failed");
    return await failGeneration(operation, generation, "failed", failure, log);
  }
}

/** The same as `awaitPrediction`, which counts as one call to the provider, from the order to what came of it. */
async function notedPrediction(
  job: GenerationJob,
  run: Run<GenerationState>,
  signal: AbortSignal,
): Promise<Prediction> {
  const { generation, log } = job;
  const { requestId, createdAt: at } = generation;
  const { name: provider, sandbox } = imageProvider();
  const model = currentSettings().imageModel;
  const call = noteProviderCall({ provider, model, kind: "image", sandbox, requestId, log, at });
  try {
    const prediction = await awaitPrediction(job, run, model, signal);
    call.end({ outcome: "answered", images: prediction.outputUrls.length });
    return prediction;
  } catch (error) {
    if (error instanceof ProviderResting) call.end({ outcome: "resting" });
    else if (run.stop.signal.reason === CANCELED_BY_USER) call.end({ outcome: "aborted" });
    // Whoever waits for it now tells how it ended.
    else if (run.stop.signal.reason !== LEASE_LOST) call.end({ outcome: "failed", failure: failureClass(error) });
    throw error;
  }
}

/** Asks for the images, unless they were asked for already, and waits for them, however long within reason. */
async function awaitPrediction(
  { generation, log }: GenerationJob,
  run: Run<GenerationState>,
  model: string,
  signal: AbortSignal,
): Promise<Prediction> {
  const id = generation.predictionId ?? (await askForImages(generation, model, signal));
  try {
    for (;;) {
      const prediction = await lookAtPrediction(id, signal, log);
      if (prediction?.blocked) throw new AppError("CONTENT_BLOCKED");
      if (prediction?.status === "succeeded" && prediction.outputUrls.length > 0) return prediction;
      if (prediction?.status === "starting" || prediction?.status === "processing") {
        run.update({ progress: { type: "progress", status: prediction.status, percent: prediction.percent } });
      } else if (prediction) {
        throw new ProviderError({ provider: imageProvider().name, kind: "failed" });
      }
      await run.pause(run.state.late ? policy.image.latePollMs : policy.image.pollMs, signal);
      const wanted = await Generation.findById(generation._id, { cancelRequested: 1 }).lean();
      if (wanted?.cancelRequested) run.stop.abort(CANCELED_BY_USER);
      signal.throwIfAborted();
    }
  } catch (error) {
    if (signal.aborted && run.stop.signal.reason !== LEASE_LOST) await cancelQuietly(id, log);
    throw error;
  }
}

/** Orders the images. Nothing is known of them until the provider answers, which must not take for ever. */
async function askForImages(generation: GenerationDoc, model: string, signal: AbortSignal): Promise<string> {
  const { _id, prompt, aspectRatio, count, seed } = generation;
  const late = new AbortController();
  const timer = setTimeout(
    () => late.abort(new ProviderError({ provider: imageProvider().name, kind: "timeout" })),
    policy.image.totalMs,
  );
  try {
    const both = AbortSignal.any([signal, late.signal]);
    const request = { model, prompt, aspectRatio, count, seed, signal: both };
    const prediction = await callGuarded(`replicate/${model}`, {
      signal: both,
      // An order that seems to have failed may still be carried out, and paid for: it is not given twice.
      mayRetry: () => false,
      call: () => imageProvider().create(request),
    });
    // Before anything else can go wrong: with the id, a result that comes late can still be found.
    await Generation.updateOne(stillRunning(_id), { $set: { predictionId: prediction.id, status: "processing" } });
    return prediction.id;
  } finally {
    clearTimeout(timer);
  }
}

/** How a prediction stands; undefined when the provider could not say just now. One look must not hang for ever. */
async function lookAtPrediction(id: string, signal: AbortSignal, log: Logger): Promise<Prediction | undefined> {
  try {
    return await imageProvider().get(id, withDeadline(signal, policy.image.lookMs));
  } catch (error) {
    signal.throwIfAborted();
    const slow = error instanceof DOMException && error.name === "TimeoutError";
    if (!slow && !isPassing(error)) throw error;
    log.warn({ err: error }, "prediction not seen");
    return undefined;
  }
}

async function cancelQuietly(predictionId: string, log: Logger): Promise<void> {
  try {
    await imageProvider().cancel(predictionId, AbortSignal.timeout(CANCEL_MS));
  } catch (error) {
    // It ends by itself; nothing is charged here either way.
    log.warn({ err: error }, "prediction not canceled");
  }
}
