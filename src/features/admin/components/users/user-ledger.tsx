"use client";

import { LedgerLines } from "@/components/ledger/ledger-lines";
import { ledgerRows } from "@/components/ledger/ledger-rows";
import { usePages } from "@/components/lib/use-pages";
import { LoadMore } from "@/components/load-more";
import { getQueryKey } from "@/trpc/query-key";
import { trpc } from "@/trpc/react";
import { RequestLink } from "../request-link";
import { TableSkeleton } from "../table-skeleton";

/** Every movement of somebody's credits, each with the way to the request behind it. */
export function UserLedger({ userId }: { userId: string }) {
  const utils = trpc.useUtils();
  const input = { userId, limit: 25 };
  const ledger = usePages({
    queryKey: getQueryKey(trpc.admin.userLedger, input, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.userLedger.query({ ...input, cursor }, { signal }),
    fresh: true,
  });
  const rows = ledgerRows(ledger.data?.pages.flatMap((page) => page.items) ?? []);

  return (
    <div>
      {ledger.isPending && <TableSkeleton />}
      {ledger.isSuccess && rows.length === 0 && <p className="border-t py-4 text-ink-soft">No credit has moved yet.</p>}
      {rows.length > 0 && <LedgerLines rows={rows} debtor="they" request={(id) => <RequestLink id={id} />} />}
      <LoadMore list={ledger} />
    </div>
  );
}
