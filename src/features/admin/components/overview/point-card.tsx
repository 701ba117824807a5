import type { Overview } from "@/shared/overview";
import { seriesLook } from "../../model/series-look";
import { spanInFull } from "../../model/spans";
import { inFull, type Measure } from "../../model/trends";
import { SeriesMark } from "./series-mark";

interface PointCardProps {
  point: Overview["points"][number];
  last: boolean;
  measures: Measure[];
  by: Overview["by"];
}

/** Every figure of the point the reader is at. */
export function PointCard({ point, last, measures, by }: PointCardProps) {
  return (
    <div role="status" className="rounded-md border border-line-strong bg-paper-raised px-3 py-2 text-sm">
      <p className="font-medium">{spanInFull(point.at, by)}</p>
      {last && <p className="text-ink-soft">Still under way</p>}
      <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4">
        {measures.map((measure, index) => (
          <div key={measure.name} className="col-span-2 grid grid-cols-subgrid">
            <dt className="flex items-center gap-2 text-ink-soft">
              {measure.drawn && <SeriesMark {...seriesLook(index)} />}
              {measure.name}
            </dt>
            <dd className="text-right">{inFull(measure, point)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
