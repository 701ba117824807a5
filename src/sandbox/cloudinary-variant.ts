import { loadSharp } from "./image/load-sharp";

const FORMATS = { webp: "image/webp", jpg: "image/jpeg", png: "image/png", avif: "image/avif" } as const;
type Format = keyof typeof FORMATS;

/** What a delivery address asks for. */
export interface Variant {
  publicId: string;
  versioned: boolean;
  /** The format to send; `auto` has been settled by what the browser accepts, and is `settled`. */
  format: Format | "auto";
  settled: Format;
  width?: number;
  height?: number;
  crop: "fill" | "limit" | "fit" | "scale";
  quality: number | "auto";
}

const MAX_SIDE = 4_096;
const OPTION = /^(?:w|h|c|q|f|g|dpr|ar|fl|e)_[A-Za-z0-9:._-]+$/;

/** Reads `[transformations/][v1/]publicId.ext`; undefined when it makes no sense. */
export function parseDeliveryPath(path: string, accept: string): Variant | undefined {
  let segments: string[];
  try {
    segments = path.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const options: string[] = [];
  while (segments.length > 1 && segments[0]?.split(",").every((option) => OPTION.test(option))) {
    options.push(...(segments.shift()?.split(",") ?? []));
  }
  const versioned = segments.length > 1 && /^v\d+$/.test(segments[0] ?? "");
  if (versioned) segments.shift();
  const [, publicId, extension] = /^(.+?)(?:\.([a-z]{3,4}))?$/.exec(segments.join("/")) ?? [];
  if (!publicId || publicId.includes("..")) return undefined;

  const optionOf = (name: string) =>
    options.findLast((option) => option.startsWith(`${name}_`))?.slice(name.length + 1);
  const side = (name: string) => {
    const pixels = Number(optionOf(name));
    return Number.isInteger(pixels) && pixels > 0 ? Math.min(pixels, MAX_SIDE) : undefined;
  };
  const crop = optionOf("c");
  const asked = optionOf("f");
  const named = isFormat(extension) ? extension : "webp";
  const quality = Number(optionOf("q"));
  const accepted: Format = accept.includes("image/webp") || accept.includes("*/*") ? "webp" : "jpg";
  return {
    publicId,
    versioned,
    format: asked === "auto" ? "auto" : isFormat(asked) ? asked : named,
    settled: asked === "auto" ? accepted : isFormat(asked) ? asked : named,
    width: side("w"),
    height: side("h"),
    crop: crop === "fill" || crop === "limit" || crop === "fit" ? crop : "scale",
    quality: quality >= 1 && quality <= 100 ? Math.round(quality) : "auto",
  };
}

/** The picture as asked for; `kept` is the result of an earlier time. */
export async function renderVariant(
  original: Buffer,
  { settled, width, height, crop, quality }: Variant,
  kept: Buffer | undefined,
): Promise<{ bytes: Buffer; type: string }> {
  const type = FORMATS[settled];
  if (kept) return { bytes: kept, type };
  const sharp = await loadSharp();
  const picture = sharp(original);
  if (width || height) {
    picture.resize({
      width,
      height,
      fit: crop === "fill" ? "cover" : crop === "scale" && width && height ? "fill" : "inside",
      withoutEnlargement: crop === "limit",
    });
  }
  const level = quality === "auto" ? 80 : quality;
  const bytes = await picture.toFormat(
    settled === "jpg" ? "jpeg" : settled,
    settled === "png" ? {} : { quality: level },
  );
  return { bytes: await bytes.toBuffer(), type };
}

function isFormat(text: string | undefined): text is Format {
  return text !== undefined && text in FORMATS;
}
