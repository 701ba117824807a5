"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { z } from "zod";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { saveFile } from "@/components/lib/save-file";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { Tag } from "@/components/ui/tag";
import { Timestamp } from "@/components/ui/timestamp";
import { type Overview, overviewInput } from "@/shared/overview";
import { trpc } from "@/trpc/react";
import { useAddress } from "../../hooks/use-address";
import { overviewCsv, overviewCsvName } from "../../model/overview-csv";
import { spansInWords } from "../../model/spans";
import { trendsIn } from "../../model/trends";
import { ChecklistCard } from "./checklist-card";
import { NowFigures } from "./now-figures";
import { ReconcileCard } from "./reconcile-card";
import { TrendSection } from "./trend-section";

const LOOK_EVERY_MS = 60_000;
const STEPS = [
  { value: "hour", label: "By hour" },
  { value: "day", label: "By day" },
  { value: "week", label: "By week" },
] as const;
const VIEWS = [
  { value: "chart", label: "Charts" },
  { value: "table", label: "Tables" },
] as const;

/** How the instance does, what it earns and what it costs. The address says by which spans, and how it is shown. */
export function OverviewPage() {
  const [params, setParams] = useAddress();
  const by = overviewInput.shape.by.catch("day").parse(params.get("by") ?? undefined);
  const view = z.enum(["chart", "table"]).catch("chart").parse(params.get("view"));
  const query = trpc.admin.overview.useQuery(
    { by },
    { placeholderData: keepPreviousData, refetchInterval: LOOK_EVERY_MS },
  );
  const overview = query.data;

  return (
    <div className="grid grid-cols-1 gap-8">
      <ChecklistCard />
      {query.isPending && <OverviewSkeleton />}
      {query.isError && (
        <FailureNotice
          failure={toFailure(query.error)}
          onRetry={() => query.refetch()}
          consequence={overview && "What stands below is older."}
        />
      )}
      {overview && (
        <>
          <NowFigures now={overview.now} />
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <div className="-ml-3 flex flex-wrap gap-x-4">
              <Segmented
                label="Spans"
                value={by}
                choices={STEPS}
                onChange={(step) => setParams({ by: step === "day" ? "" : step })}
              />
              <Segmented
                label="View"
                value={view}
                choices={VIEWS}
                onChange={(next) => setParams({ view: next === "chart" ? "" : next })}
              />
            </div>
            <Button variant="quiet" size="sm" className="-ml-3 sm:ml-0" onClick={() => download(overview)}>
              <Download aria-hidden /> Download CSV
            </Button>
          </div>
          <Explanation overview={overview} />
          <div
            aria-busy={query.isPlaceholderData}
            className={`grid grid-cols-1 gap-x-12 gap-y-12 xl:grid-cols-2 ${query.isPlaceholderData ? "opacity-60" : ""}`}
          >
            {trendsIn(overview.currency).map((trend) => (
              <TrendSection key={trend.id} trend={trend} overview={overview} view={view} />
            ))}
          </div>
        </>
      )}
      <ReconcileCard />
    </div>
  );
}

/** Which time the figures are of, and what to know about them. */
function Explanation({ overview: { points, by, play, catchingUp, asOf } }: { overview: Overview }) {
  return (
    <p className="-mt-4 flex flex-wrap items-baseline gap-x-2 gap-y-1 text-ink-soft text-sm">
      {play && <Tag strong>Play money</Tag>}
      <span>
        Figures of {spansInWords(points.length, by)}, in UTC, as of <Timestamp at={asOf} />. The last {by} is still
        under way: its place is shaded.
        {catchingUp && " Earlier figures are still being counted, and what is shown of them is too little."}
      </span>
    </p>
  );
}

function OverviewSkeleton() {
  return (
    <div role="status" aria-label="Counting" className="grid gap-8">
      <div className="skeleton h-40" />
      <div className="grid gap-12 xl:grid-cols-2">
        <div className="skeleton h-72" />
        <div className="skeleton h-72" />
      </div>
    </div>
  );
}

const download = (overview: Overview) =>
  saveFile(new Blob([overviewCsv(overview)], { type: "text/csv;charset=utf-8" }), overviewCsvName(overview));
