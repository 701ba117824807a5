import { z } from "zod";
import { type AspectRatio, aspectRatio, IMAGE_PROMPT_MAX } from "@/shared/image";

/** What the studio's form says. */
export interface ImageRequest {
  prompt: string;
  aspectRatio: AspectRatio;
  count: number;
  seed?: number | undefined;
}

const remixQuery = z.object({
  prompt: z.string().max(IMAGE_PROMPT_MAX).catch(""),
  shape: aspectRatio.catch("1:1"),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).optional().catch(undefined),
});

/** The form an address asks to be filled in: the settings of an image to make again. */
export type Remix = z.infer<typeof remixQuery>;

/** Reads a remix out of an address; undefined when it names none. */
export function readRemix(query: Record<string, string | string[] | undefined>): Remix | undefined {
  const remix = remixQuery.parse(query);
  return remix.prompt ? remix : undefined;
}

/** The address of the studio with an image's settings filled in. */
export function remixAddress({ prompt, aspectRatio, seed }: Omit<ImageRequest, "count">): string {
  const query = new URLSearchParams({ prompt, shape: aspectRatio });
  if (seed !== undefined) query.set("seed", String(seed));
  return `/images?${query}`;
}

/** Width over height. */
export function ratioOf(shape: AspectRatio): number {
  const [width = 1, height = 1] = shape.split(":").map(Number);
  return width / height;
}
