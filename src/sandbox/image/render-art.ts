import { type ArtRequest, composeArt } from "./compose-art";
import { loadSharp } from "./load-sharp";

export const ART_FORMATS = ["webp", "png", "jpg"] as const;
export type ArtFormat = (typeof ART_FORMATS)[number];

/** The picture as an image file. */
export async function renderArt(request: ArtRequest, format: ArtFormat): Promise<Buffer> {
  const sharp = await loadSharp();
  const picture = sharp(Buffer.from(composeArt(request)));
  if (format === "png") return picture.png({ compressionLevel: 6 }).toBuffer();
  if (format === "jpg") return picture.jpeg({ quality: 88 }).toBuffer();
  return picture.webp({ quality: 86, effort: 2 }).toBuffer();
}
