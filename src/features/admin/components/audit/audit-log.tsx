"use client";

import { usePages } from "@/components/lib/use-pages";
import { LoadMore } from "@/components/load-more";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { getQueryKey } from "@/trpc/query-key";
import { trpc } from "@/trpc/react";
import { useAddress } from "../../hooks/use-address";
import { readAuditFilter } from "../../model/audit-filter";
import { AddressSearch } from "../address-search";
import { TableSkeleton } from "../table-skeleton";
import { AuditRow } from "./audit-row";

const AREAS = [
  { value: "", label: "Everything" },
  { value: "user", label: "People" },
  { value: "credits", label: "Credits" },
  { value: "payment", label: "Payments" },
  { value: "settings", label: "Settings" },
  { value: "provider", label: "Providers" },
];

/** Every change an operator made and everything they must know of, newest first. */
export function AuditLog() {
  const utils = trpc.useUtils();
  const [params, setParams] = useAddress();
  const filter = readAuditFilter(params);
  const input = { ...filter, limit: 20 };
  const log = usePages({
    queryKey: getQueryKey(trpc.admin.audit, input, "infinite"),
    fetch: (cursor, signal) => utils.client.admin.audit.query({ ...input, cursor }, { signal }),
    keepPrevious: true,
    fresh: true,
  });
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  const action = filter.action ?? "";
  // An action that a link asked for is a choice as well.
  const choices = AREAS.some(({ value }) => value === action) ? AREAS : [...AREAS, { value: action, label: action }];

  return (
    <div>
      <search className="mb-5 flex flex-wrap gap-2">
        <Select
          aria-label="Area"
          value={action}
          choices={choices}
          onChange={(next) => setParams({ action: next })}
          className="w-full sm:w-auto"
        />
        <div className="w-full sm:w-auto sm:min-w-72 sm:flex-1">
          <AddressSearch label="Whom or what it concerns" placeholder="A whole id" param="subject" maxLength={80} />
        </div>
      </search>
      {log.isPending && <TableSkeleton />}
      {log.isSuccess && entries.length === 0 && (
        <div className="border-t py-4 text-ink-soft">
          {action || filter.subject ? (
            <>
              <p>Nothing of this kind is written down.</p>
              <Button
                variant="outline"
                size="sm"
                className="mt-3"
                onClick={() => setParams({ action: "", subject: "" })}
              >
                Show everything
              </Button>
            </>
          ) : (
            <p>Nothing was changed yet. What administrators do is written down here, with their name and reason.</p>
          )}
        </div>
      )}
      {entries.length > 0 && (
        <ol
          aria-label="Audit log"
          aria-busy={log.isFetching}
          className={log.isPlaceholderData ? "border-t opacity-60" : "border-t"}
        >
          {entries.map((entry) => (
            <AuditRow key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <LoadMore list={log} />
    </div>
  );
}
