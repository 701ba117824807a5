import { Image } from "@models";
import type { z } from "zod";
import { olderThan, pageOf } from "@/server/lib/cursor";
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
  const rows = await Image.find({
    userId,
    published: true,
    removedAt: removed ? { $ne: null } : null,
    ...(terms && { terms }),
    ...olderThan("createdAt", cursor),
  })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { page, nextCursor } = pageOf(rows, limit, ({ createdAt }) => createdAt);
  return { items: page.map(toLibraryImage), nextCursor };
}
