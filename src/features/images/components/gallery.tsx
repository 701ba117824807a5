import type { ReactNode } from "react";
import type { LibraryImage } from "@/shared/image";

interface GalleryProps {
  images: LibraryImage[];
  /** `index`: how many stand before it. */
  tile: (image: LibraryImage, index: number) => ReactNode;
}

/** Images in rows of equal height, each as wide as its shape asks, in the order they were made. */
export function Gallery({ images, tile }: GalleryProps) {
  return (
    <ul className="flex flex-wrap gap-2 [--row:132px] after:grow-[1000] after:content-[''] sm:gap-3 sm:[--row:216px]">
      {images.map((image, index) => {
        const ratio = image.width / image.height;
        return (
          <li
            key={image.id}
            className="max-w-full"
            style={{ flexGrow: ratio, flexBasis: `calc(var(--row) * ${ratio})`, aspectRatio: String(ratio) }}
          >
            {tile(image, index)}
          </li>
        );
      })}
    </ul>
  );
}

const SKELETON_SHAPES = [1, 1.78, 0.75, 1.33, 1, 0.67, 1.5, 1];

/** Where the images are about to hang. */
export function GallerySkeleton() {
  return (
    <div
      aria-hidden
      className="flex flex-wrap gap-2 [--row:132px] after:grow-[1000] after:content-[''] sm:gap-3 sm:[--row:216px]"
    >
      {SKELETON_SHAPES.map((ratio, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the shapes never move.
          key={index}
          className="skeleton"
          style={{ flexGrow: ratio, flexBasis: `calc(var(--row) * ${ratio})`, aspectRatio: String(ratio) }}
        />
      ))}
    </div>
  );
}
