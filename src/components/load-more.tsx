"use client";

import { FailureNotice } from "./failure-notice";
import { toFailure } from "./lib/failure";
import type { Pages } from "./lib/use-pages";
import { Button } from "./ui/button";

/** The end of a list that is read page by page: the way to what came before, or why it could not be read. */
export function LoadMore({ list, label = "Show earlier ones" }: { list: Pages<unknown>; label?: string }) {
  return (
    <>
      {list.isError && (
        <FailureNotice failure={toFailure(list.error)} onRetry={() => list.refetch()} className="mt-4" />
      )}
      {list.hasNextPage && (
        <Button
          variant="outline"
          size="sm"
          className="mt-4"
          disabled={list.isFetchingNextPage}
          onClick={() => list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? "Looking further back…" : label}
        </Button>
      )}
    </>
  );
}
