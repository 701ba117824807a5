"use client";

import { RefreshCw, Trash2, Undo2 } from "lucide-react";
import Image from "next/image";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import type { LibraryImage } from "@/shared/image";
import { remixAddress } from "../model/image-request";

const SIZES = "(min-width: 1024px) 400px, (min-width: 640px) 45vw, 60vw";
const ON_PICTURE = "bg-paper text-ink hover:bg-paper-sunk";

interface ImageTileProps {
  image: LibraryImage;
  /** Fetched at once instead of when it is scrolled to. */
  early: boolean;
  onRemove: (imageId: string) => void;
  onRestore: (imageId: string) => void;
}

/** One image in the library, with what can be done to it at hand; in the trash only the way back. */
export function ImageTile({ image, early, onRemove, onRestore }: ImageTileProps) {
  const removed = image.removedAt !== undefined;

  return (
    <div className="group relative size-full">
      <Link href={`/images/${image.id}`} className="block size-full overflow-hidden rounded-md bg-paper-sunk">
        <Image
          src={image.url}
          alt={image.prompt}
          width={image.width}
          height={image.height}
          sizes={SIZES}
          loading={early ? "eager" : "lazy"}
          className={removed ? "size-full object-cover opacity-50" : "size-full object-cover"}
        />
      </Link>
      <div className="absolute right-2 bottom-2 flex gap-1.5 group-focus-within:opacity-100 group-hover:opacity-100 pointer-fine:opacity-0 transition-opacity duration-150">
        {removed ? (
          <Button size="sm" className={ON_PICTURE} onClick={() => onRestore(image.id)}>
            <Undo2 aria-hidden /> Restore
          </Button>
        ) : (
          <>
            <Tooltip text="Make another like it">
              <Button asChild size="icon-sm" className={`${ON_PICTURE} pointer-coarse:hidden`}>
                <Link href={remixAddress(image)} aria-label={`Remix: ${image.prompt}`}>
                  <RefreshCw aria-hidden />
                </Link>
              </Button>
            </Tooltip>
            <Tooltip text="Move to the trash">
              <Button
                size="icon-sm"
                className={`${ON_PICTURE} pointer-coarse:hidden`}
                aria-label={`Move to the trash: ${image.prompt}`}
                onClick={() => onRemove(image.id)}
              >
                <Trash2 aria-hidden />
              </Button>
            </Tooltip>
          </>
        )}
      </div>
    </div>
  );
}
