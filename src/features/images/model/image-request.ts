import type { AspectRatio } from "@/shared/image-shapes";

/** What the studio's form says. */
export interface ImageRequest {
  prompt: string;
  aspectRatio: AspectRatio;
  count: number;
  seed?: number | undefined;
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
