import { Generation, Image } from "@models";
import { AppError } from "@/shared/errors";
import type { LibraryImage } from "@/shared/image";
import { generations } from "./generations";
import { toLibraryImage } from "./image-view";
import { CANCELED_BY_USER } from "./run-generation";

/** Puts an image in the trash. @throws AppError NOT_FOUND for an image that is not the user's. */
export function removeImage(userId: string, imageId: string): Promise<LibraryImage> {
  return change(userId, imageId, new Date());
}

/** Takes an image out of the trash. @throws AppError NOT_FOUND for an image that is not the user's. */
export function restoreImage(userId: string, imageId: string): Promise<LibraryImage> {
  return change(userId, imageId, null);
}

/**
 * Gives up on images that are not made yet, in this process or another. `stopped` is false when it is too late.
 * @throws AppError NOT_FOUND for a generation that is not the user's.
 */
export async function cancelGeneration(userId: string, generationId: string): Promise<{ stopped: boolean }> {
  const generation = await Generation.findOne({ _id: generationId, userId }, { status: 1 }).lean();
  if (!generation) throw new AppError("NOT_FOUND", "There is no such generation.");
  const { status } = generation;
  if (status !== "starting" && status !== "processing") return { stopped: false };
  const run = generations.find(generationId);
  if (run?.state.end || run?.state.progress.status === "storing") return { stopped: false };
  if (run) {
    run.stop.abort(CANCELED_BY_USER);
    return { stopped: true };
  }
  const waiting = { _id: generationId, status: { $in: ["starting" as const, "processing" as const] } };
  const { matchedCount } = await Generation.updateOne(waiting, { $set: { cancelRequested: true } });
  return { stopped: matchedCount === 1 };
}

async function change(userId: string, imageId: string, removedAt: Date | null): Promise<LibraryImage> {
  const changed = await Image.findOneAndUpdate(
    { _id: imageId, userId, published: true },
    { $set: { removedAt } },
    { returnDocument: "after" },
  ).lean();
  if (!changed) throw new AppError("NOT_FOUND", "There is no such image.");
  return toLibraryImage(changed);
}
