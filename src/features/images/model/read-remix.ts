import { z } from "zod";
import { aspectRatio } from "@/shared/image";
import { IMAGE_PROMPT_MAX } from "@/shared/image-shapes";

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
