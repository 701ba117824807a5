"use client";

import { keepPreviousData, type QueryKey, useInfiniteQuery } from "@tanstack/react-query";

const firstPage: string | undefined = undefined;

interface Page {
  nextCursor?: string | undefined;
}

/** What `usePages` gives, for whoever shows such a list. */
export interface Pages<R> {
  data: { pages: { items: R[] }[] } | undefined;
  error: unknown;
  isPending: boolean;
  isError: boolean;
  isSuccess: boolean;
  isFetching: boolean;
  isPlaceholderData: boolean;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

interface PagesOptions<P extends Page> {
  /** tRPC's own key, so that invalidating the procedure refetches these pages. */
  queryKey: QueryKey;
  fetch: (cursor: string | undefined, signal: AbortSignal) => Promise<P>;
  /** The first page, when the server has drawn it already. */
  initial?: P | undefined;
  enabled?: boolean;
  /** Keeps what is shown while the next question is answered. */
  keepPrevious?: boolean;
  retry?: false;
  /** Asks again each time the list comes up: it may have grown while nobody looked. */
  fresh?: boolean;
}

/** A list read page by page, each page naming the next by its cursor. */
export function usePages<P extends Page>({
  queryKey,
  fetch,
  initial,
  enabled,
  keepPrevious,
  retry,
  fresh,
}: PagesOptions<P>) {
  return useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetch(pageParam, signal),
    initialPageParam: firstPage,
    getNextPageParam: (page) => page.nextCursor,
    initialData: initial && { pages: [initial], pageParams: [firstPage] },
    placeholderData: keepPrevious ? keepPreviousData : undefined,
    enabled: enabled ?? true,
    ...(fresh ? { refetchOnMount: "always" as const } : {}),
    ...(retry === false ? { retry } : {}),
  });
}
