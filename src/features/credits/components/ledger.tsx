"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { LedgerLines } from "@/components/ledger/ledger-lines";
import { ledgerRows } from "@/components/ledger/ledger-rows";
import { usePages } from "@/components/lib/use-pages";
import { LoadMore } from "@/components/load-more";
import { RequestMark } from "@/components/ui/request-id";
import { Segmented } from "@/components/ui/segmented";
import { getQueryKey } from "@/trpc/query-key";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { FILTER_CHOICES, FILTER_PARAM, type LedgerFilter, ledgerQuery, readFilter } from "../ledger-filter";

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
        {rows.length > 0 && <LedgerLines rows={rows} debtor="you" request={(id) => <RequestMark id={id} />} />}
      </div>
      <LoadMore list={history} />
    </div>
  );
}
