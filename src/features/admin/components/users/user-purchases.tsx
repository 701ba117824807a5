"use client";

import { purchaseInWords, whatWasBought } from "@/components/lib/purchase-words";
import { usePages } from "@/components/lib/use-pages";
import { Timestamp } from "@/components/ui/timestamp";
import { formatMoney } from "@/shared/money";
import type { Purchase } from "@/shared/payments";
import { getQueryKey } from "@/trpc/query-key";
import { trpc } from "@/trpc/react";
import { type Column, DataTable } from "../data-table";

const COLUMNS: Column<Purchase>[] = [
  {
    head: "What",
    cell: (purchase) => (
      <>
        {whatWasBought(purchase)}
        <span className="block text-ink-soft text-sm sm:hidden">{purchaseInWords(purchase)}</span>
      </>
    ),
  },
  { head: "Where it stands", cell: purchaseInWords, from: "sm", className: "text-ink-soft" },
  { head: "Price", cell: ({ price }) => formatMoney(price), end: true },
  { head: "When", cell: ({ createdAt }) => <Timestamp at={createdAt} />, end: true, className: "whitespace-nowrap" },
];

export function UserPurchases({ userId }: { userId: string }) {
  const utils = trpc.useUtils();
  const input = { userId, limit: 25 };
  const purchases = usePages({
    queryKey: getQueryKey(trpc.admin.userPurchases, input, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.userPurchases.query({ ...input, cursor }, { signal }),
    fresh: true,
  });

  return (
    <DataTable
      caption="Purchases"
      columns={COLUMNS}
      list={purchases}
      href={({ id }) => `/admin/payments/${id}`}
      empty={<p>Nothing bought yet.</p>}
    />
  );
}
