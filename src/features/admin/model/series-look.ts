export interface SeriesLook {
  color: string;
  /** Told apart without colour too. */
  dash: string;
}

/** How the lines of a chart look, in their order. */
export const SERIES_LOOKS: [SeriesLook, ...SeriesLook[]] = [
  { color: "var(--chart-1)", dash: "" },
  { color: "var(--chart-2)", dash: "6 4" },
  { color: "var(--chart-3)", dash: "1.5 4" },
];

export const seriesLook = (index: number): SeriesLook => SERIES_LOOKS[index] ?? SERIES_LOOKS[0];
