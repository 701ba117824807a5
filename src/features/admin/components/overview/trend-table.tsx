import type { Overview } from "@/shared/overview";
import { spanInFull } from "../../model/spans";
import { inFull, type Trend } from "../../model/trends";

interface TrendTableProps {
  trend: Trend;
  points: Overview["points"];
  by: Overview["by"];
}

/** The figures of a trend, the newest first. */
export function TrendTable({ trend: { title, measures }, points, by }: TrendTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll here.
    <section tabIndex={0} aria-label={`${title}, figures`} className="pane-scroll max-h-80 overflow-x-auto border-y">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{title}</caption>
        <thead className="sticky top-0 bg-paper">
          <tr>
            <th scope="col" className="py-2 pr-4 text-left font-normal text-ink-soft">
              Since (UTC)
            </th>
            {measures.map(({ name }) => (
              <th key={name} scope="col" className="py-2 pr-4 text-right font-normal text-ink-soft last:pr-2">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point, index) => (
            <tr key={point.at.getTime()} className="border-t">
              <th scope="row" className="py-2 pr-4 text-left font-normal">
                {spanInFull(point.at, by)}
                {index === 0 && <span className="block text-ink-soft">still under way</span>}
              </th>
              {measures.map((measure) => (
                <td key={measure.name} className="py-2 pr-4 text-right align-baseline last:pr-2">
                  {inFull(measure, point)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
