import { Check, CircleMinus, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";
import type { StatusPage } from "@/shared/operations";
import { barHeight, daysInWords, PART_NAMES, STATE_WORDS } from "../status-words";

type Part = StatusPage["parts"][number];

const ICONS: Record<Part["state"], LucideIcon> = {
  up: Check,
  degraded: TriangleAlert,
  down: CircleX,
  off: CircleMinus,
};

/** One part of the service: how it is, and how it was. */
export function PartStatus({ part: { name, state, note, days } }: { part: Part }) {
  const Icon = ICONS[state];

  return (
    <li className="border-b py-5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 className="font-medium text-lg">{PART_NAMES[name]}</h2>
        <p className={state === "up" || state === "off" ? "text-ink-soft" : "font-medium"}>
          <Icon aria-hidden className="mr-1.5 inline size-4 align-[-2px]" />
          {STATE_WORDS[state]}
        </p>
      </div>
      {note && <p className="mt-0.5 text-ink-soft">{note}</p>}
      {days.length > 0 && <DayBars days={days} />}
    </li>
  );
}

function DayBars({ days }: { days: Part["days"] }) {
  return (
    <div role="img" aria-label={daysInWords(days)} className="mt-3 flex h-9 items-end gap-px min-[480px]:gap-1">
      {days.map(({ day, delivered }) => (
        <span
          key={day.getTime()}
          className={
            delivered === null
              ? "h-0.5 flex-1 bg-line-strong"
              : delivered >= 0.9
                ? "flex-1 bg-ink-soft"
                : "flex-1 border border-ink bg-ink"
          }
          style={delivered === null ? undefined : { height: `${barHeight(delivered)}%` }}
        />
      ))}
    </div>
  );
}
