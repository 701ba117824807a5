import Image from "next/image";
import Link from "next/link";
import type { LibraryImage } from "@/shared/image";
import { Gallery } from "./gallery";

/** The images made last. */
export function RecentImages({ images }: { images: LibraryImage[] }) {
  if (images.length === 0) {
    return (
      <p className="border-t py-4 text-ink-soft">
        Nothing drawn yet.{" "}
        <Link href="/images" className="text-action underline underline-offset-4">
          Make your first image
        </Link>
      </p>
    );
  }

  return (
    <Gallery
      images={images}
      tile={(image) => (
        <Link href={`/images/${image.id}`} className="block size-full overflow-hidden rounded-md bg-paper-sunk">
          <Image
            src={image.url}
            alt={image.prompt}
            width={image.width}
            height={image.height}
            sizes="(min-width: 640px) 320px, 50vw"
            className="size-full object-cover"
          />
        </Link>
      )}
    />
  );
}
