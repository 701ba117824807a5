"use client";

import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { Notice } from "@/components/ui/notice";
import { Timestamp } from "@/components/ui/timestamp";
import type { StatusPage } from "@/shared/operations";
import { trpc } from "@/trpc/react";
import { OVERALL } from "../status-words";
import { PartStatus } from "./part-status";
import { StatusTable } from "./status-table";

const REFRESH_MS = 30_000;

/** How the service does, for everybody: now, and on each of the last 30 days. */
export function StatusBoard({ initial }: { initial: StatusPage | undefined }) {
  const query = trpc.status.page.useQuery(undefined, { initialData: initial, refetchInterval: REFRESH_MS });
  const status = useAfterHydration(initial, query.data);

  if (!status) {
    return (
      <>
        <h1 className="display text-4xl sm:text-5xl">Status</h1>
        <div className="mt-8">
          {query.isError ? (
            <FailureNotice
              failure={toFailure(query.error)}
              title="The server cannot say how it is"
              consequence="This page looks again by itself."
              onRetry={() => query.refetch()}
            />
          ) : (
            <div role="status" aria-label="Looking" className="skeleton h-24" />
          )}
        </div>
      </>
    );
  }

  const { title, lead } = OVERALL[status.overall];
  return (
    <>
      <div role="status">
        <h1 className="display text-4xl sm:text-5xl">{title}</h1>
        <p className="mt-3 text-ink-soft text-lg">{lead}</p>
      </div>
      <p className="mt-2 text-ink-soft text-sm">
        As of <Timestamp at={status.asOf} full />; looked at again every half minute.
      </p>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} consequence="What stands here may be old." className="mt-6" />
      )}
      {status.maintenance && (
        <Notice title="From whoever runs this server" className="mt-8">
          {status.maintenance}
        </Notice>
      )}
      <ul className="mt-10 border-t">
        {status.parts.map((part) => (
          <PartStatus key={part.name} part={part} />
        ))}
      </ul>
      <p className="mt-3 text-ink-soft text-sm">
        Each bar is a day: the higher, the more of what was asked was delivered. Today is at the right.
      </p>
      <StatusTable parts={status.parts} />
    </>
  );
}
