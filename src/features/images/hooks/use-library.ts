"use client";

import { useCallback, useDeferredValue } from "react";
import { toFailure } from "@/components/lib/failure";
import { notify } from "@/components/lib/notify";
import { usePages } from "@/components/lib/use-pages";
import { getQueryKey } from "@/trpc/query-key";
import { trpc } from "@/trpc/react";

/** The reader's images, newest first: all, those whose prompt has the words, or those in the trash. */
export function useLibrary(search: string, removed: boolean) {
  const utils = trpc.useUtils();
  const words = useDeferredValue(search.trim());
  const input = { removed, limit: 24, ...(words ? { search: words } : {}) };
  const list = usePages({
    queryKey: getQueryKey(trpc.image.list, input, "infinite"),
    fetch: (cursor, signal) => utils.client.image.list.query({ ...input, cursor }, { signal }),
    keepPrevious: words !== "",
    fresh: true,
  });
  return { ...list, images: list.data?.pages.flatMap((page) => page.items) ?? [] };
}

/** Throwing an image away, which can be undone, and taking it back. */
export function useImageTrash() {
  const utils = trpc.useUtils();
  const refresh = useCallback(
    () => Promise.all([utils.image.list.invalidate(), utils.image.get.invalidate()]),
    [utils],
  );
  const complain = (error: unknown) => {
    notify(toFailure(error).message);
  };
  const restore = trpc.image.restore.useMutation({
    onError: complain,
    onSuccess: () => {
      notify("Back in your library.");
    },
    onSettled: refresh,
  });
  const remove = trpc.image.remove.useMutation({
    onError: complain,
    onSuccess: (_, { imageId }) => {
      notify("Moved to the trash.", { label: "Undo", onClick: () => restore.mutate({ imageId }) });
    },
    onSettled: refresh,
  });

  return {
    remove: (imageId: string, then?: () => void) => remove.mutate({ imageId }, then ? { onSuccess: then } : {}),
    restore: (imageId: string) => restore.mutate({ imageId }),
  };
}
