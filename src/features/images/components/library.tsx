"use client";

import { Search } from "lucide-react";
import { useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { useReach } from "@/components/lib/use-reach";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import type { AspectRatio } from "@/shared/image";
import { useImageTrash, useLibrary } from "../hooks/use-library";
import { Gallery, GallerySkeleton } from "./gallery";
import { ImageBeginnings } from "./image-beginnings";
import { ImageTile } from "./image-tile";

const VIEWS = [
  { value: "library", label: "Library" },
  { value: "trash", label: "Trash" },
] as const;
/** So many may be in sight at once: they are fetched without waiting to be scrolled to. */
const EARLY = 8;
type View = (typeof VIEWS)[number]["value"];

interface LibraryProps {
  /** Takes a description over to be drawn; absent where nothing can be made. */
  onPick: ((prompt: string, shape: AspectRatio) => void) | undefined;
}

/** Every image ever made: to look at, search, throw away and take back. */
export function Library({ onPick }: LibraryProps) {
  const [view, setView] = useState<View>("library");
  const [search, setSearch] = useState("");
  const trash = view === "trash";
  const list = useLibrary(search, trash);
  const { remove, restore } = useImageTrash();
  const end = useReach(() => list.fetchNextPage(), list.hasNextPage && !list.isFetchingNextPage);
  const nothing = list.isSuccess && list.images.length === 0;

  return (
    <section aria-label="Your images">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3 border-b pb-3">
        <Segmented label="Show" className="-ml-3" value={view} onChange={setView} choices={VIEWS} />
        <div className="relative w-full sm:w-72">
          <Search aria-hidden className="pointer-events-none absolute top-3.5 left-3 size-4 text-ink-soft" />
          <Input
            type="search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            maxLength={200}
            placeholder="Search by prompt"
            aria-label="Search by prompt"
            className="border-transparent bg-transparent pl-9"
          />
        </div>
      </div>
      {list.isPending && <GallerySkeleton />}
      {list.isError && <FailureNotice failure={toFailure(list.error)} onRetry={() => list.refetch()} />}
      {nothing && search && <p className="py-6 text-ink-soft">No prompt has these words.</p>}
      {nothing && !search && trash && (
        <EmptyState title="The trash is empty">
          <p>What you remove from your library waits here until you want it back.</p>
        </EmptyState>
      )}
      {nothing && !search && !trash && onPick && <ImageBeginnings onPick={onPick} />}
      {nothing && !search && !trash && !onPick && <p className="py-6 text-ink-soft">There is no image here yet.</p>}
      <Gallery
        images={list.images}
        tile={(image, index) => <ImageTile image={image} early={index < EARLY} onRemove={remove} onRestore={restore} />}
      />
      <div ref={end} />
      {list.isFetchingNextPage && (
        <p role="status" className="py-6 text-center text-ink-soft">
          Fetching more…
        </p>
      )}
    </section>
  );
}
