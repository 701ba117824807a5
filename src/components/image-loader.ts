import { imageVariantUrl } from "@/shared/image-url";

/** How `next/image` asks for a picture no wider than it is shown: the image store resizes, not this server. */
export default function imageLoader({ src, width }: { src: string; width: number }): string {
  return imageVariantUrl(src, { width });
}
