"use client";

import { CartesianGrid, Line, LineChart, ReferenceArea, Tooltip, XAxis, YAxis } from "recharts";
import type { Overview } from "@/shared/overview";
import { seriesLook } from "../../model/series-look";
import { spanShort } from "../../model/spans";
import type { Trend } from "../../model/trends";
import { EndLabels } from "./end-labels";
import { PointCard } from "./point-card";

const LABEL_WIDTH = 76;
const HEIGHT = 208;
const tick = { fill: "var(--ink-soft)", fontSize: 12 };

interface TrendChartProps {
  trend: Trend;
  points: Overview["points"];
  by: Overview["by"];
}

/** The drawn measures of a trend as lines, each named at its end. Arrow keys go from point to point. */
export default function TrendChart({ trend, points, by }: TrendChartProps) {
  const drawn = trend.measures.filter((measure) => measure.drawn);
  const [first] = drawn;
  if (!first || points.every((point) => drawn.every(({ of }) => !of(point)))) {
    return (
      <p className="grid place-items-center border-y text-ink-soft" style={{ height: HEIGHT }}>
        Nothing yet in this time.
      </p>
    );
  }
  const spans = points.map(({ at }) => at.getTime());

  return (
    <LineChart
      responsive
      width="100%"
      height={HEIGHT}
      data={points}
      margin={{ top: 8, right: LABEL_WIDTH, bottom: 0, left: 0 }}
      title={`${trend.title}: ${drawn.map(({ name }) => name).join(", ")}`}
      desc="Left and right arrow keys read the points. The table view has the same figures."
      className="text-sm"
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey={({ at }: Overview["points"][number]) => at.getTime()}
        tickFormatter={(at: number) => spanShort(new Date(at), by)}
        tick={tick}
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
        minTickGap={36}
      />
      <YAxis
        width={52}
        tickCount={4}
        tickFormatter={(value: number) => first.unit.short(value)}
        tick={tick}
        tickLine={false}
        axisLine={false}
        allowDecimals={!first.unit.whole}
        domain={[(least: number) => Math.min(0, least), "auto"]}
      />
      {/* The last span is still under way. */}
      <ReferenceArea x1={spans.at(-2)} x2={spans.at(-1)} fill="var(--paper-sunk)" fillOpacity={1} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--line-strong)" }}
        content={({ active, label }) => {
          const point = active ? points[spans.indexOf(Number(label))] : undefined;
          return point && <PointCard point={point} last={point === points.at(-1)} measures={trend.measures} by={by} />;
        }}
      />
      {drawn.map((measure, index) => (
        <Line
          key={measure.name}
          name={measure.name}
          dataKey={measure.of}
          stroke={seriesLook(index).color}
          strokeDasharray={seriesLook(index).dash}
          strokeWidth={2}
          strokeLinecap="round"
          dot={points.length === 1}
          activeDot={{ r: 4, fill: seriesLook(index).color, stroke: "var(--paper)" }}
          isAnimationActive={false}
        />
      ))}
      <EndLabels measures={drawn} points={points} />
    </LineChart>
  );
}
