"use client";

import { Check, RefreshCw } from "lucide-react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { Button } from "@/components/ui/button";
import { Spinner } from "@/components/ui/spinner";
import { Timestamp } from "@/components/ui/timestamp";
import type { DoctorReport, Finding } from "@/shared/operations";
import { trpc } from "@/trpc/react";
import { duration } from "../../model/duration";

/** Looks the instance over, and says what to mend and how. */
export function DoctorPage() {
  const query = trpc.admin.doctor.useQuery(undefined, { staleTime: 0, refetchOnWindowFocus: false, retry: false });

  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="flex items-center gap-3 text-ink-soft">
          {query.isFetching ? (
            <>
              <Spinner /> Looking at variables, keys, services, indexes, clock, disk and versions…
            </>
          ) : (
            query.data && <Looked report={query.data} />
          )}
        </p>
        <Button variant="outline" size="sm" disabled={query.isFetching} onClick={() => query.refetch()}>
          <RefreshCw aria-hidden /> Run again
        </Button>
      </div>
      {query.isError && (
        <FailureNotice failure={toFailure(query.error)} onRetry={() => query.refetch()} className="mt-6" />
      )}
      {query.data && <Report report={query.data} isOld={query.isFetching} />}
    </>
  );
}

function Looked({ report: { checks, checkedAt, ms } }: { report: DoctorReport }) {
  return (
    <span>
      {checks} things looked at in {duration(ms)}, <Timestamp at={checkedAt} full />
    </span>
  );
}

const LEVELS: { level: Finding["level"]; title: string; lead: string }[] = [
  { level: "error", title: "To mend", lead: "Something does not work until this is done." },
  { level: "warn", title: "Worth a look", lead: "It works, and will not always." },
  { level: "info", title: "Good to know", lead: "Nothing to mend." },
];

function Report({ report: { findings }, isOld }: { report: DoctorReport; isOld: boolean }) {
  const isHealthy = findings.every(({ level }) => level === "info");

  return (
    <div aria-busy={isOld} className={isOld ? "opacity-60" : undefined}>
      {isHealthy && (
        <div className="mt-6 flex items-start gap-4 border-y py-6">
          <Check aria-hidden className="mt-1 size-6 shrink-0" />
          <div>
            <h2 className="display text-2xl">All is well</h2>
            <p className="mt-1 text-ink-soft">Nothing needs mending.</p>
          </div>
        </div>
      )}
      {LEVELS.map(({ level, title, lead }) => {
        const found = findings.filter((finding) => finding.level === level);
        if (found.length === 0) return null;
        return (
          <section key={level} aria-labelledby={`level-${level}`} className="mt-10">
            <h2 id={`level-${level}`} className="display text-2xl">
              {title} <span className="text-ink-soft text-lg">{found.length}</span>
            </h2>
            <p className="text-ink-soft">{lead}</p>
            <ul className="mt-4 border-t">
              {found.map((finding) => (
                <FindingRow key={`${finding.id} ${finding.subject}`} finding={finding} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function FindingRow({ finding: { id, level, subject, problem, fix } }: { finding: Finding }) {
  return (
    <li className={level === "error" ? "border-b border-l-2 border-l-ink py-4 pl-4" : "border-b py-4"}>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="wrap-anywhere font-mono">{subject}</span>
        <span className="font-mono text-ink-soft">{id}</span>
      </p>
      <p className="wrap-anywhere mt-1">{problem}</p>
      {fix && (
        <p className="wrap-anywhere mt-1 text-ink-soft">
          {level !== "info" && <span className="font-medium text-ink">Do this:</span>} {fix}
        </p>
      )}
    </li>
  );
}
