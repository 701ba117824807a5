import { csvLine } from "@/shared/csv";
import { figures, type Overview } from "@/shared/overview";

const COLUMNS = figures.keyof().options;

/** Every figure of every point, as a file for a spreadsheet; empty where there is none. */
export function overviewCsv({ points }: Overview): string {
  const lines = points.map((point) => csvLine([point.at.toISOString(), ...COLUMNS.map((name) => point[name] ?? "")]));
  return [csvLine(["at", ...COLUMNS]), ...lines].join("");
}

/** "inkwell-overview-day-2026-10-01.csv". */
export const overviewCsvName = ({ by, asOf }: Overview): string =>
  `inkwell-overview-${by}-${asOf.toISOString().slice(0, 10)}.csv`;
