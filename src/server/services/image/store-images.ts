import { type GenerationDoc, Image, type ImageDoc } from "@models";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import type { Logger } from "@/server/lib/logger";
import { searchTerms } from "@/server/lib/search-terms";
import { imageProvider, imageStore } from "@/server/providers/configured";
import { noteCall } from "@/server/services/observability/note-provider-call";

/**
 * Step 3b of the ledger for images: each output is kept in the store and written to the library, not yet published.
 * Ids derive from the generation, so storing again changes nothing. Outputs that cannot be stored are left out.
 * @param price credits an image
 * @returns what was stored, and what the rest failed with
 */
export async function storeImages(
  generation: GenerationDoc,
  outputUrls: string[],
  price: number,
  signal: AbortSignal,
  log: Logger,
): Promise<{ stored: ImageDoc[]; failures: unknown[] }> {
  const urls = outputUrls.slice(0, generation.count);
  const attempts = await Promise.allSettled(
    urls.map((url, index) => storeImage(generation, url, index, price, signal, log)),
  );
  const stored = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
  const failures = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [attempt.reason] : []));
  for (const err of failures) log.warn({ err }, "image not stored");
  return { stored, failures };
}

async function storeImage(
  generation: GenerationDoc,
  url: string,
  index: number,
  price: number,
  signal: AbortSignal,
  log: Logger,
): Promise<ImageDoc> {
  const store = imageStore();
  const provider = imageProvider();
  const id = `i_${generation._id.slice(2)}_${index + 1}`;
  const noted = { kind: "image", requestId: generation.requestId, log } as const;
  const bytes = await noteCall({ ...noted, provider: provider.name, model: "files", sandbox: provider.sandbox }, () =>
    provider.download(url, signal),
  );
  const publicId = `inkwell/${generation.userId}/${id}`;
  const file = await noteCall({ ...noted, provider: store.name, model: "storage", sandbox: store.sandbox }, () =>
    store.upload(publicId, bytes, signal),
  );
  const image: ImageDoc = {
    _id: id,
    userId: generation.userId,
    generationId: generation._id,
    prompt: generation.prompt,
    terms: searchTerms(generation.prompt),
    aspectRatio: generation.aspectRatio,
    seed: generation.seed,
    publicId: file.publicId,
    url: store.sandbox ? sandboxFileUrl(file.url) : file.url,
    width: file.width,
    height: file.height,
    bytes: file.bytes,
    charged: price,
    sandbox: provider.sandbox,
    published: false,
    requestId: generation.requestId,
    createdAt: generation.createdAt,
    removedAt: null,
  };
  try {
    await Image.insertOne(image);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  return image;
}

/** The sandbox's address changes with its port, and only this machine can reach it: the app serves its files itself. */
export const sandboxFileUrl = (url: string) => `/api/sandbox-files${new URL(url).pathname}`;
