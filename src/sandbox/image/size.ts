/** Width and height in pixels of each aspect ratio, as the image models give them. */
const SIZES: Record<string, [width: number, height: number]> = {
  "1:1": [1024, 1024],
  "16:9": [1344, 768],
  "9:16": [768, 1344],
  "4:3": [1152, 896],
  "3:4": [896, 1152],
  "3:2": [1216, 832],
  "2:3": [832, 1216],
};

export interface Size {
  width: number;
  height: number;
}

/** The pixel size of an aspect ratio; undefined for one the models do not know. */
export function sizeOf(aspectRatio: string): Size | undefined {
  const size = SIZES[aspectRatio];
  return size && { width: size[0], height: size[1] };
}
