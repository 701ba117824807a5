import { Generation, type GenerationDoc, Image, type ImageDoc, type OperationDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { completeOperation, failOperation, settleOperation } from "@/server/services/credits/settle-operation";
import type { AppEvent } from "@/server/services/observability/app-event";
import { noteEvent } from "@/server/services/observability/note-event";
import { AppError } from "@/shared/errors";
import type { ImageEvent } from "@/shared/image";
import { imagesOf } from "./image-view";

/**
 * Steps 4 to 6 of the ledger for images: decided at the price of those that were stored, published, paid for.
 * @throws AppError SERVICE_UNAVAILABLE when the operation was decided elsewhere: nothing is shown, nothing charged.
 */
export async function deliverImages(
  operation: OperationDoc,
  generation: GenerationDoc,
  stored: ImageDoc[],
  log: Logger,
): Promise<Extract<ImageEvent, { type: "done" }>> {
  const cost = stored.reduce((sum, image) => sum + image.charged, 0);
  if (!(await completeOperation(operation, "HELD", { cost }))) throw new AppError("SERVICE_UNAVAILABLE");
  noteImages(log, operation, { outcome: "complete", count: stored.length, charged: cost });
  await publishImages(operation);
  const balance = await settleOperation(operation);
  return { type: "done", images: await imagesOf(generation._id), charged: cost, balance };
}

type ImagesEvent = Extract<AppEvent, { event: "images" }>;

/** Tells how a request for images ended, once it is decided. */
export function noteImages(log: Logger, { createdAt }: OperationDoc, end: Omit<ImagesEvent, "event" | "ms">): void {
  noteEvent(log, { event: "images", ...end, ms: Date.now() - createdAt.getTime() });
}

/** Shows the images of a generation that was decided. Safe to repeat. */
export async function publishImages({ result, cost = 0 }: OperationDoc): Promise<void> {
  const { generationId } = result;
  await Image.updateMany({ generationId }, { $set: { published: true } });
  await Generation.updateOne(
    { _id: generationId },
    { $set: { status: "complete", charged: cost }, $unset: { errorCode: 1 } },
  );
}

/** A generation that has not ended: a worker that wakes up late must not change what another one made of it. */
export const stillRunning = (generationId: string | undefined) => ({
  _id: generationId,
  status: { $in: ["starting", "processing", "storing"] satisfies GenerationDoc["status"][] },
});

/** Marks a generation whose worker is gone as failed. Safe to repeat. */
export async function markGenerationLost({ result, errorCode = "SERVICE_UNAVAILABLE" }: OperationDoc): Promise<void> {
  await Generation.updateOne(stillRunning(result.generationId), { $set: { status: "failed", errorCode } });
}

/**
 * The same for a generation that came to nothing. Decided first: another worker may have taken it up and still make it.
 * @returns the in-band error its followers are sent; undefined when it was not for this worker to decide.
 */
export async function failGeneration(
  operation: OperationDoc,
  generation: GenerationDoc,
  status: "failed" | "canceled",
  error: AppError,
  log: Logger,
): Promise<Extract<ImageEvent, { type: "error" }> | undefined> {
  const { code, message } = error;
  const won = await failOperation(operation, "HELD", code, () =>
    Generation.updateOne(stillRunning(generation._id), { $set: { status, errorCode: code } }),
  );
  if (won) noteImages(log, operation, { outcome: status, count: 0, charged: 0, code });
  return won ? { type: "error", code, message, requestId: operation.requestId, partial: false } : undefined;
}
