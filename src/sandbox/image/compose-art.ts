import { hashText, pick, seededRandom } from "../hash";
import { blobs, clouds, hills, type Motif, orbits, strokes, waves, weave } from "./motifs";
import { choosePalette } from "./palette";
import type { Size } from "./size";

export interface ArtRequest extends Size {
  prompt: string;
  seed: number;
  /** Which of several pictures for the same prompt and seed. */
  index: number;
}

const MOTIFS: readonly [Motif, ...Motif[]] = [hills, waves, blobs, strokes, weave, clouds, orbits];

const WORDS: [pattern: RegExp, motif: Motif][] = [
  [/\b(sea|ocean|waves?|water|river|lake|whale|boat|ships?|harbou?r|beach)\b/i, waves],
  [/\b(mountains?|hills?|valley|sunset|sunrise|dawn|desert|dunes?|landscape|forest|snow)\b/i, hills],
  [/\b(moon|stars?|space|galaxy|planets?|cosmos|orbit|night)\b/i, orbits],
  [/\b(ink|calligraphy|brush|sketch|zen|bamboo|letters?)\b/i, strokes],
  [/\b(woven|weave|fabric|threads?|pattern|lines?|wind|music)\b/i, weave],
  [/\b(abstract|smoke|clouds?|fog|mist|dreams?|nebula)\b/i, clouds],
  [/\b(flowers?|bubbles?|drops?|pebbles?|cells?|jelly)\b/i, blobs],
];

/** A picture as SVG. The same request gives the same picture; another prompt, seed or index a visibly different one. */
export function composeArt({ prompt, seed, index, width, height }: ArtRequest): string {
  const random = seededRandom(hashText(`${prompt.trim().toLowerCase()}|${seed}|${index}`));
  const palette = choosePalette(prompt, random);
  const asked = WORDS.find(([pattern]) => pattern.test(prompt))?.[1];
  const motif = asked ?? pick(MOTIFS, random);
  const mirrored = random() < 0.5 ? ` transform="translate(${width} 0) scale(-1 1)"` : "";
  const markWidth = 118;
  const mark = `<g transform="translate(${width - markWidth - 18} ${height - 44})"><rect width="${markWidth}" height="28" rx="14" fill="#161514" opacity=".55"/><text x="${markWidth / 2}" y="19" fill="#fff" font-family="sans-serif" font-size="15" letter-spacing="1.5" text-anchor="middle">sandbox</text></g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><g${mirrored}>${motif({ width, height, palette, random })}</g>${mark}</svg>`;
}
