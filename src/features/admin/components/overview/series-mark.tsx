import type { SeriesLook } from "../../model/series-look";

/** A piece of a chart's line, beside its name. */
export function SeriesMark({ color, dash }: SeriesLook) {
  return (
    <svg aria-hidden="true" width="20" height="8" className="inline-block shrink-0">
      <line x1="1" x2="19" y1="4" y2="4" stroke={color} strokeWidth="2" strokeDasharray={dash} strokeLinecap="round" />
    </svg>
  );
}
