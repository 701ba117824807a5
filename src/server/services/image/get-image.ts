import { Generation, Image } from "@models";
import { policy } from "@/server/lib/policy";
import { AppError } from "@/shared/errors";
import type { Generation as GenerationView, LibraryImage } from "@/shared/image";
import { toGeneration, toLibraryImage } from "./image-view";

/** One image of the user's, also from the trash. @throws AppError NOT_FOUND, also for other people's. */
export async function getImage(userId: string, imageId: string): Promise<LibraryImage> {
  const image = await Image.findOne({ _id: imageId, userId, published: true }).lean();
  if (!image) throw new AppError("NOT_FOUND", "There is no such image.");
  return toLibraryImage(image);
}

/** One generation of the user's with its images. @throws AppError NOT_FOUND, also for other people's. */
export async function getGeneration(userId: string, generationId: string): Promise<GenerationView> {
  const generation = await Generation.findOne({ _id: generationId, userId }).lean();
  if (!generation) throw new AppError("NOT_FOUND", "There is no such generation.");
  return toGeneration(generation);
}

/** The user's generations that are being made now, newest first. */
export async function listRunning(userId: string): Promise<GenerationView[]> {
  const oldest = new Date(Date.now() - policy.image.lateMs - policy.credits.leaseMs);
  const running = await Generation.find({
    userId,
    status: { $in: ["starting", "processing", "storing"] },
    createdAt: { $gte: oldest },
  })
    .sort({ createdAt: -1 })
    .limit(20)
    .lean();
  return Promise.all(running.map(toGeneration));
}
