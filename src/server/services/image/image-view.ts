import { type GenerationDoc, Image, type ImageDoc } from "@models";
import { policy } from "@/server/lib/policy";
import type { Generation, LibraryImage } from "@/shared/image";

/** The part of an image its owner sees. */
export function toLibraryImage(image: ImageDoc): LibraryImage {
  const { _id, generationId, prompt, aspectRatio, seed, url, width, height, charged, sandbox, requestId } = image;
  const { createdAt, removedAt } = image;
  return {
    id: _id,
    generationId,
    prompt,
    aspectRatio,
    seed,
    url,
    width,
    height,
    charged,
    sandbox,
    requestId,
    createdAt,
    removedAt: removedAt ?? undefined,
  };
}

/** A generation as its owner sees it, with what has come of it. */
export async function toGeneration(doc: GenerationDoc): Promise<Generation> {
  const { _id, prompt, aspectRatio, count, status, errorCode, charged, requestId, createdAt } = doc;
  const images = await imagesOf(_id);
  const late = isLate(doc);
  return { id: _id, prompt, aspectRatio, count, status, late, errorCode, charged, requestId, createdAt, images };
}

/** Whether it is still being made after the time anybody should watch. */
export function isLate({ status, createdAt }: GenerationDoc): boolean {
  const isOver = status === "complete" || status === "failed" || status === "canceled";
  return !isOver && createdAt.getTime() + policy.image.totalMs < Date.now();
}

/** The published images of a generation. */
export async function imagesOf(generationId: string): Promise<LibraryImage[]> {
  const images = await Image.find({ generationId, published: true }).sort({ _id: 1 }).lean();
  return images.map(toLibraryImage);
}
