import { Generation, type GenerationDoc, Image, type ImageDoc, type OperationDoc } from "@models";
import { completeOperation, failOperation, settleOperation } from "@/server/services/credits/settle-operation";
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
): Promise<Extract<ImageEvent, { type: "done" }>> {
  const cost = stored.reduce((sum, image) => sum + image.charged, 0);
  if (!(await completeOperation(operation, "HELD", cost))) throw new AppError("SERVICE_UNAVAILABLE");
  await Image.updateMany({ generationId: generation._id }, { $set: { published: true } });
  await Generation.updateOne({ _id: generation._id }, { $set: { status: "complete", charged: cost } });
  const balance = await settleOperation(operation);
  return { type: "done", images: await imagesOf(generation._id), charged: cost, balance };
}

/** The same for a generation that came to nothing. @returns the in-band error its followers are sent. */
export async function failGeneration(
  operation: OperationDoc,
  generation: GenerationDoc,
  status: "failed" | "canceled",
  error: AppError,
): Promise<Extract<ImageEvent, { type: "error" }>> {
  const errorCode = error.code;
  await Generation.updateOne({ _id: generation._id }, { $set: { status, errorCode } });
  await failOperation(operation, "HELD", errorCode);
  const { requestId } = operation;
  return { type: "error", code: errorCode, message: error.message, requestId, partial: false };
}
