"use client";

import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from "recharts";
import type { Overview } from "@/shared/overview";
import { spread } from "../../model/end-labels";
import { seriesLook } from "../../model/series-look";
import type { Measure } from "../../model/trends";

const LINE_HEIGHT = 15;

/** The name of each line, where it ends; the hollow mark there says that its last point is not final. */
export function EndLabels({ measures, points }: { measures: Measure[]; points: Overview["points"] }) {
  const area = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!area || !x || !y) return null;

  const ends = measures.flatMap((measure, index) => {
    const last = points.findLast((point) => measure.of(point) !== null);
    const [atX, atY] = last ? [x(last.at.getTime()), y(measure.of(last))] : [];
    if (atX === undefined || atY === undefined) return [];
    return [{ name: measure.name, look: seriesLook(index), x: atX, y: atY, open: last === points.at(-1) }];
  });
  const labels = spread(
    ends.map((end) => end.y),
    LINE_HEIGHT,
    area.y + LINE_HEIGHT / 2,
    area.y + area.height - LINE_HEIGHT / 2,
  );

  return (
    <ZIndexLayer zIndex={DefaultZIndexes.label}>
      <g aria-hidden>
        {ends.map(({ name, look, x, y, open }, index) => (
          <g key={name}>
            <circle
              cx={x}
              cy={y}
              r={3.5}
              fill={open ? "var(--paper)" : look.color}
              stroke={look.color}
              strokeWidth={2}
            />
            <text
              x={area.x + area.width + 10}
              y={labels[index]}
              dominantBaseline="central"
              fill={look.color}
              fontSize={13}
              fontWeight={500}
            >
              {name}
            </text>
          </g>
        ))}
      </g>
    </ZIndexLayer>
  );
}
