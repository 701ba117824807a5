/** Spans of time as figures know them: hours, days and weeks of UTC, by their beginning. */
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const startOf = (ms: number) => (time: Date) => new Date(Math.floor(time.getTime() / ms) * ms);

export const hourOf = startOf(HOUR_MS);
export const dayOf = startOf(DAY_MS);

/** The Monday a time's week begins with. */
export function weekOf(time: Date): Date {
  const day = dayOf(time);
  const sinceMonday = (day.getUTCDay() + 6) % 7;
  return new Date(day.getTime() - sinceMonday * DAY_MS);
}

/** A time so many milliseconds later. */
export const later = (time: Date, ms: number) => new Date(time.getTime() + ms);
