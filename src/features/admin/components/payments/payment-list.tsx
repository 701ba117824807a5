"use client";

import { purchaseInWords, whatWasBought } from "@/components/lib/purchase-words";
import { usePages } from "@/components/lib/use-pages";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Tag } from "@/components/ui/tag";
import { Timestamp } from "@/components/ui/timestamp";
import type { AdminPayment } from "@/shared/admin";
import { formatMoney } from "@/shared/money";
import { getQueryKey } from "@/trpc/query-key";
import { trpc } from "@/trpc/react";
import { useAddress } from "../../hooks/use-address";
import { readPaymentFilter, STATE_CHOICES } from "../../model/payment-filter";
import { AddressSearch } from "../address-search";
import { type Column, DataTable } from "../data-table";
import { BuyerLink } from "./buyer-link";

const COLUMNS: Column<AdminPayment>[] = [
  { head: "What", cell: (payment) => <What payment={payment} /> },
  {
    head: "Who",
    cell: ({ user }) => <BuyerLink user={user} className="relative" />,
    from: "sm",
    className: "wrap-anywhere",
  },
  { head: "Where it stands", cell: purchaseInWords, from: "md", className: "text-ink-soft" },
  { head: "Price", cell: ({ price }) => formatMoney(price), end: true },
  { head: "When", cell: ({ createdAt }) => <Timestamp at={createdAt} />, end: true, className: "whitespace-nowrap" },
];

/** Every payment, newest first: found by whose it is or by PayPal's ids, and by where it stands. */
export function PaymentList() {
  const utils = trpc.useUtils();
  const [params, setParams] = useAddress();
  const filter = readPaymentFilter(params);
  const input = { ...filter, limit: 25 };
  const payments = usePages({
    queryKey: getQueryKey(trpc.admin.payments, input, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.payments.query({ ...input, cursor }, { signal }),
    keepPrevious: true,
    fresh: true,
  });
  const isNarrow = filter.query !== undefined || filter.state !== undefined;

  return (
    <div>
      <search className="mb-5 flex flex-wrap gap-2">
        <div className="min-w-64 flex-1">
          <AddressSearch label="Search payments" placeholder="Buyer's address, or any id" maxLength={254} />
        </div>
        <Select
          aria-label="State"
          value={filter.state ?? ""}
          choices={STATE_CHOICES}
          onChange={(state) => setParams({ state })}
          className="w-full sm:w-auto"
        />
      </search>
      <DataTable
        caption="Payments"
        columns={COLUMNS}
        list={payments}
        href={({ id }) => `/admin/payments/${id}`}
        empty={
          isNarrow ? (
            <>
              <p>No payment fits. A search finds a buyer's whole address, and ids of purchases, orders and captures.</p>
              <Button variant="outline" size="sm" className="mt-3" onClick={() => setParams({ query: "", state: "" })}>
                Show every payment
              </Button>
            </>
          ) : (
            <p>Nobody has bought anything yet.</p>
          )
        }
      />
    </div>
  );
}

function What({ payment }: { payment: AdminPayment }) {
  return (
    <span className="block">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{whatWasBought(payment)}</span>
        {payment.problem && <Tag strong>Refused</Tag>}
        {payment.sandbox && <Tag>Play money</Tag>}
      </span>
      <span className="wrap-anywhere block text-ink-soft text-sm sm:hidden">
        {payment.user.email ?? "Deleted account"}
      </span>
      <span className="block text-ink-soft text-sm md:hidden">{purchaseInWords(payment)}</span>
    </span>
  );
}
