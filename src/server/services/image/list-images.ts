import { Image } from "@models";
import type { z } from "zod";
import { decodeCursor, encodeCursor } from "@/server/lib/cursor";
import { termsFilter } from "@/server/lib/search-terms";
import type { imagePage, listImagesInput } from "@/shared/image";
import { toLibraryImage } from "./image-view";

/** A page of the user's library, newest first: all of it, what a search finds, or the trash. */
export async function listImages(
  userId: string,
  { cursor, limit, search, removed }: z.infer<typeof listImagesInput>,
): Promise<z.infer<typeof imagePage>> {
  const terms = search ? termsFilter(search) : undefined;
  if (search && !terms) return { items: [] };
  const before = decodeCursor(cursor);
  const rows = await Image.find({
    userId,
    published: true,
    removedAt: removed ? { $ne: null } : null,
    ...(terms && { terms }),
    ...(before && { $or: [{ createdAt: { $lt: before.at } }, { createdAt: before.at, _id: { $lt: before.id } }] }),
  })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows.slice(0, limit).map(toLibraryImage);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : undefined,
  };
}
