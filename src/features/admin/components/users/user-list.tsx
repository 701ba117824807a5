"use client";

import { ROLE_NAMES } from "@/components/lib/role-names";
import { usePages } from "@/components/lib/use-pages";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { Tag } from "@/components/ui/tag";
import { Timestamp } from "@/components/ui/timestamp";
import type { UserRow } from "@/shared/admin";
import { ROLES } from "@/shared/entitlements";
import { getQueryKey } from "@/trpc/query-key";
import { trpc } from "@/trpc/react";
import { useAddress } from "../../hooks/use-address";
import { isNarrow, readUserFilter } from "../../model/user-filter";
import { AddressSearch } from "../address-search";
import { type Column, DataTable } from "../data-table";

const SORTS = [
  { value: "newest", label: "Newest first" },
  { value: "seen", label: "Seen last first" },
  { value: "email", label: "By address" },
] as const;
const ROLE_CHOICES = [
  { value: "", label: "Every role" },
  ...ROLES.map((value) => ({ value, label: ROLE_NAMES[value] })),
];
const STATUS_CHOICES = [
  { value: "", label: "Every status" },
  { value: "active", label: "Active" },
  { value: "suspended", label: "Suspended" },
];

const COLUMNS: Column<UserRow>[] = [
  { head: "Who", cell: (user) => <Who user={user} />, className: "wrap-anywhere" },
  { head: "Role", cell: ({ role }) => ROLE_NAMES[role], from: "sm" },
  { head: "Joined", cell: ({ createdAt }) => <Timestamp at={createdAt} />, from: "md" },
  { head: "Seen", cell: ({ lastSeenAt }) => (lastSeenAt ? <Timestamp at={lastSeenAt} /> : "not yet"), from: "md" },
  { head: "Held", cell: ({ balance }) => figure(balance.held), end: true, from: "lg" },
  { head: "Owed", cell: ({ balance }) => figure(balance.owed), end: true, from: "lg" },
  { head: "Credits", cell: ({ balance }) => balance.available.toLocaleString("en"), end: true },
];

const figure = (amount: number) =>
  amount === 0 ? <span className="text-ink-soft">–</span> : amount.toLocaleString("en");

/** Everybody who has an account: searched as it is written, in the order and of the kind the address says. */
export function UserList() {
  const utils = trpc.useUtils();
  const [params, setParams] = useAddress();
  const filter = readUserFilter(params);
  const input = { ...filter, limit: 25 };
  const users = usePages({
    queryKey: getQueryKey(trpc.admin.users, input, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.users.query({ ...input, cursor }, { signal }),
    keepPrevious: true,
  });

  return (
    <div>
      <search className="mb-5 grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
        <div className="col-span-2 sm:min-w-64 sm:flex-1">
          <AddressSearch label="Search users" placeholder="Name, address or id" maxLength={100} />
        </div>
        <Select
          aria-label="Role"
          value={filter.role ?? ""}
          choices={ROLE_CHOICES}
          onChange={(role) => setParams({ role })}
        />
        <Select
          aria-label="Status"
          value={filter.status ?? ""}
          choices={STATUS_CHOICES}
          onChange={(status) => setParams({ status })}
        />
        <Select
          aria-label="Order"
          value={filter.sort}
          choices={SORTS}
          onChange={(sort) => setParams({ sort: sort === "newest" ? "" : sort })}
          className="col-span-2 sm:col-span-1"
        />
      </search>
      <DataTable
        caption="Users"
        columns={COLUMNS}
        list={users}
        href={({ id }) => `/admin/users/${id}`}
        empty={
          isNarrow(filter) ? (
            <>
              <p>Nobody fits. A search finds the beginnings of words in names and addresses, and whole ids.</p>
              <Button
                variant="outline"
                size="sm"
                className="mt-3"
                onClick={() => setParams({ query: "", role: "", status: "" })}
              >
                Show everybody
              </Button>
            </>
          ) : (
            <p>Nobody has an account yet.</p>
          )
        }
      />
    </div>
  );
}

function Who({ user: { name, email, role, status } }: { user: UserRow }) {
  return (
    <span className="block">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{name}</span>
        {status === "suspended" && <Tag strong>Suspended</Tag>}
        {role !== "USER" && <span className="text-ink-soft text-sm sm:hidden">{ROLE_NAMES[role]}</span>}
      </span>
      <span className="block text-ink-soft text-sm">{email}</span>
    </span>
  );
}
