import type { Overview } from "@/shared/overview";

type Step = Overview["by"];

const inUtc = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  return (at: Date) => format.format(at);
};
const time = inUtc({ hour: "2-digit", minute: "2-digit" });
const day = inUtc({ day: "numeric", month: "short" });
const fullDay = inUtc({ weekday: "short", day: "numeric", month: "short", year: "numeric" });

/** A span beside an axis: "14:00", "3 Mar". */
export const spanShort = (at: Date, by: Step): string => (by === "hour" ? time(at) : day(at));

/** A span by itself: "Tue, 3 Mar 2026, 14:00", "Week of Mon, 2 Mar 2026". */
export function spanInFull(at: Date, by: Step): string {
  if (by === "hour") return `${fullDay(at)}, ${time(at)}`;
  return by === "day" ? fullDay(at) : `Week of ${fullDay(at)}`;
}

/** "the last 30 days". */
export const spansInWords = (count: number, by: Step): string => `the last ${count === 1 ? by : `${count} ${by}s`}`;
