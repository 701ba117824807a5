import type { StatusPage } from "@/shared/operations";
import { PART_NAMES, shareInWords } from "../status-words";

const dayName = (day: Date) => day.toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** The days of every part in figures. */
export function StatusTable({ parts }: { parts: StatusPage["parts"] }) {
  const counted = parts.filter(({ days }) => days.length > 0);
  const [first] = counted;
  if (!first) return null;

  return (
    <details className="mt-6">
      <summary className="target w-fit text-ink-soft text-sm underline decoration-line-strong underline-offset-4 hover:text-ink">
        The same as a table
      </summary>
      <table className="mt-3 w-full border-collapse text-sm">
        <caption className="sr-only">The share of what was asked that was delivered, by day</caption>
        <thead>
          <tr className="border-y text-ink-soft">
            <th scope="col" className="py-1.5 text-left font-normal">
              Day (UTC)
            </th>
            {counted.map(({ name }) => (
              <th key={name} scope="col" className="py-1.5 pl-3 text-right font-normal">
                {PART_NAMES[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {first.days
            .map(({ day }, row) => (
              <tr key={day.getTime()} className="border-b">
                <th scope="row" className="py-1.5 text-left font-normal">
                  {dayName(day)}
                </th>
                {counted.map(({ name, days }) => (
                  <td key={name} className="py-1.5 pl-3 text-right">
                    {shareInWords(days[row]?.delivered ?? null)}
                  </td>
                ))}
              </tr>
            ))
            .toReversed()}
        </tbody>
      </table>
    </details>
  );
}
