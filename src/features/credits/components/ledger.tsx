"use client";

import { getQueryKey } from "@trpc/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { fullTime, shortTime, signed } from "@/components/lib/format";
import { useNow } from "@/components/lib/use-now";
import { usePages } from "@/components/lib/use-pages";
import { LoadMore } from "@/components/load-more";
import { CopyButton } from "@/components/ui/copy-button";
import { Segmented } from "@/components/ui/segmented";
import type { LedgerEntry } from "@/shared/credits";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { FILTER_CHOICES, FILTER_PARAM, type LedgerFilter, ledgerQuery, readFilter } from "../ledger-filter";
import { type LedgerRow, ledgerRows } from "../ledger-rows";

const KINDS: Record<LedgerEntry["type"], string> = {
  HOLD: "Set aside",
  CAPTURE: "Spent",
  RELEASE: "Given back",
  GRANT: "Received",
  REFUND: "Taken back",
  ADJUST: "Adjusted",
};

const EMPTY: Record<LedgerFilter, string> = {
  all: "No credit has moved yet.",
  spent: "No credit was spent yet.",
  returned: "No credit was given back yet.",
  received: "No credit was received yet.",
  taken: "No credit was taken back.",
  adjusted: "Nothing was adjusted.",
};

interface LedgerProps {
  initial: RouterOutputs["credits"]["history"];
  /** Which movements `initial` shows. */
  initialFilter: LedgerFilter;
}

/** Every movement of every credit, newest first; or those of one kind, by what the address says. */
export function Ledger({ initial, initialFilter }: LedgerProps) {
  const now = useNow();
  const utils = trpc.useUtils();
  const pathname = usePathname();
  const filter = readFilter(useSearchParams().get(FILTER_PARAM));
  const input = ledgerQuery(filter);
  const history = usePages({
    queryKey: getQueryKey(trpc.credits.history, input, "infinite"),
    fetch: (cursor, signal) => utils.client.credits.history.query({ ...input, cursor }, { signal }),
    initial: filter === initialFilter ? initial : undefined,
    keepPrevious: true,
  });
  const rows = ledgerRows(history.data?.pages.flatMap((page) => page.items) ?? []);
  const choose = (next: LedgerFilter) =>
    window.history.replaceState(null, "", next === "all" ? pathname : `${pathname}?${FILTER_PARAM}=${next}`);

  return (
    <div>
      <Segmented
        label="Which movements"
        value={filter}
        choices={FILTER_CHOICES}
        onChange={choose}
        className="-ml-3 mb-2"
      />
      <div aria-busy={history.isFetching} className={history.isPlaceholderData ? "opacity-60" : undefined}>
        {history.isPending && <div role="status" aria-label="Looking" className="skeleton h-24" />}
        {history.isSuccess && rows.length === 0 && <p className="border-t py-4 text-ink-soft">{EMPTY[filter]}</p>}
        {rows.length > 0 && (
          <ol className="border-t">
            {rows.map((row) => (
              <LedgerLine key={row.entry.id} row={row} now={now} />
            ))}
          </ol>
        )}
      </div>
      <LoadMore list={history} />
    </div>
  );
}

function LedgerLine({ row: { entry, reason, effect, repaid }, now }: { row: LedgerRow; now: Date | undefined }) {
  return (
    <li className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 border-b py-2.5 sm:grid-cols-[7rem_1fr_auto_auto]">
      <span className="text-ink-soft text-sm">{KINDS[entry.type]}</span>
      <span className="col-start-1 min-w-0 sm:col-start-2">
        {reason}
        {repaid > 0 && <span className="text-ink-soft">; {repaid.toLocaleString("en")} repaid what you owed</span>}
        {repaid < 0 && <span className="text-ink-soft">; {(-repaid).toLocaleString("en")} of it is owed</span>}
      </span>
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
  );
}
