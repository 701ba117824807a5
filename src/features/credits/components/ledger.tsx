"use client";

import { getQueryKey } from "@trpc/react-query";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { fullTime, shortTime, signed } from "@/components/lib/format";
import { useNow } from "@/components/lib/use-now";
import { usePages } from "@/components/lib/use-pages";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import type { LedgerEntry } from "@/shared/credits";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { ledgerRows } from "../ledger-rows";

const KINDS: Record<LedgerEntry["type"], string> = {
  HOLD: "Set aside",
  CAPTURE: "Spent",
  RELEASE: "Given back",
  GRANT: "Received",
  REFUND: "Refunded",
  ADJUST: "Adjusted",
};

/** Every movement of every credit, newest first. */
export function Ledger({ initial }: { initial: RouterOutputs["credits"]["history"] }) {
  const now = useNow();
  const utils = trpc.useUtils();
  const input = { limit: 20 };
  const history = usePages({
    queryKey: getQueryKey(trpc.credits.history, input, "infinite"),
    fetch: (cursor, signal) => utils.client.credits.history.query({ ...input, cursor }, { signal }),
    initial,
  });
  const rows = ledgerRows(history.data?.pages.flatMap((page) => page.items) ?? []);

  if (rows.length === 0) {
    return <p className="border-t py-4 text-ink-soft">No credit has moved yet.</p>;
  }

  return (
    <div>
      <ol className="border-t">
        {rows.map(({ entry, reason, effect }) => (
          <li
            key={entry.id}
            className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 border-b py-2.5 sm:grid-cols-[7rem_1fr_auto_auto]"
          >
            <span className="text-ink-soft text-sm">{KINDS[entry.type]}</span>
            <span className="col-start-1 min-w-0 sm:col-start-2">{reason}</span>
            <span className="col-start-2 row-start-1 whitespace-nowrap text-right font-medium sm:col-start-3">
              {signed(effect)}
            </span>
            <span className="col-span-2 flex items-center justify-between gap-1 text-ink-soft text-sm sm:col-span-1 sm:w-28 sm:justify-end">
              <time dateTime={entry.at.toISOString()} title={now && fullTime(entry.at)}>
                {now && shortTime(entry.at, now)}
              </time>
              <CopyButton text={entry.requestId} what={`the request id ${entry.requestId}`} />
            </span>
          </li>
        ))}
      </ol>
      {history.isError && (
        <FailureNotice failure={toFailure(history.error)} onRetry={() => history.refetch()} className="mt-4" />
      )}
      {history.hasNextPage && (
        <Button
          variant="outline"
          size="sm"
          className="mt-4"
          disabled={history.isFetchingNextPage}
          onClick={() => history.fetchNextPage()}
        >
          {history.isFetchingNextPage ? "Looking further back…" : "Show earlier ones"}
        </Button>
      )}
    </div>
  );
}
