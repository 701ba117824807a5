"use client";

import dynamic from "next/dynamic";
import { useId } from "react";
import type { Overview } from "@/shared/overview";
import { seriesLook } from "../../model/series-look";
import { inFull, type Trend } from "../../model/trends";
import { SeriesMark } from "./series-mark";
import { TrendTable } from "./trend-table";

/** The library that draws is fetched only here, and only for charts. */
const TrendChart = dynamic(() => import("./trend-chart"), {
  ssr: false,
  loading: () => <div role="status" aria-label="Drawing" className="skeleton h-52" />,
});

interface TrendSectionProps {
  trend: Trend;
  overview: Overview;
  view: "chart" | "table";
}

/** Figures that belong together: what they come to, and how they went, as a chart or as a table. */
export function TrendSection({ trend, overview, view }: TrendSectionProps) {
  const id = useId();
  const { total, points, by } = overview;

  return (
    <section aria-labelledby={id} className="min-w-0">
      <h2 id={id} className="display text-xl">
        {trend.title}
      </h2>
      <dl className="mt-2 mb-3 flex flex-wrap gap-x-7 gap-y-2">
        {trend.measures.map((measure, index) => (
          <div key={measure.name}>
            <dt className="flex items-center gap-2 text-ink-soft text-sm">
              {measure.drawn && view === "chart" && <SeriesMark {...seriesLook(index)} />}
              {measure.averaged ? `${measure.name}, on average` : measure.name}
            </dt>
            <dd className="display text-2xl">{inFull(measure, total)}</dd>
          </div>
        ))}
      </dl>
      {view === "chart" ? (
        <TrendChart trend={trend} points={points} by={by} />
      ) : (
        <TrendTable trend={trend} points={points} by={by} />
      )}
    </section>
  );
}
