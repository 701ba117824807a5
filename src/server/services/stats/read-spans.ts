import { LedgerEntry, Rollup, type RollupCounts, type RollupDoc } from "@models";
import { countHours } from "./count-hours";
import { countPeople } from "./count-people";
import { addUp } from "./counts";
import { DAY_MS, dayOf, HOUR_MS, hourOf, later } from "./spans";

/** Hours that are over and not counted yet, counted for whoever looks: so many at most, the one under way among them. */
const LIVE_HOURS = 3;
/** Hours that nobody counted for so long are worth a word. */
const BEHIND_MS = 2 * HOUR_MS;

export type Counted = Map<number, RollupCounts>;

export interface Spans {
  /** By their beginning. Spans in which nothing was counted are not there. */
  hours: Counted;
  days: Counted;
  /** What happened after the last day that is counted. */
  sinceLastDay: RollupCounts[];
  /** True while figures of the past are still being counted. */
  catchingUp: boolean;
}

/** Hours and days from `from` on: as they were counted, and what has happened since then counted now. */
export async function readSpans(now: Date, from: { hours: Date; days: Date }): Promise<Spans> {
  const [newestHour, newestDay] = await Promise.all([newest("hour"), newest("day")]);
  const today = dayOf(now);
  const yesterday = later(today, -DAY_MS);
  const firstOpenDay = newestDay ? later(newestDay.at, DAY_MS) : yesterday;
  const [hours, days, live, catchingUp] = await Promise.all([
    counted("hour", new Date(Math.min(from.hours.getTime(), firstOpenDay.getTime()))),
    counted("day", from.days),
    countLive(now, newestHour?.at),
    isCatchingUp(now, newestHour?.at),
  ]);
  for (const [at, counts] of live) hours.set(at, counts);
  const openDays = [yesterday, today].filter((day) => day >= firstOpenDay);
  for (const day of openDays) {
    const counts = addUp(within(hours, day, DAY_MS));
    days.set(day.getTime(), { ...counts, activeUsers: await countPeople(day, DAY_MS) });
  }
  return { hours, days, catchingUp, sinceLastDay: within(hours, firstOpenDay, now.getTime()) };
}

const newest = (span: RollupDoc["span"]) => Rollup.findOne({ span }, { at: 1 }).sort({ at: -1 }).lean();

async function counted(span: RollupDoc["span"], from: Date): Promise<Counted> {
  const rollups = await Rollup.find({ span, at: { $gte: from } }).lean();
  return new Map(rollups.map((rollup) => [rollup.at.getTime(), rollup]));
}

function countLive(now: Date, newestHour: Date | undefined): Promise<Counted> {
  const current = hourOf(now);
  const earliest = later(current, (1 - LIVE_HOURS) * HOUR_MS);
  const from = newestHour && newestHour >= earliest ? later(newestHour, HOUR_MS) : earliest;
  return countHours(from, Math.max(0, (current.getTime() - from.getTime()) / HOUR_MS + 1));
}

async function isCatchingUp(now: Date, newestHour: Date | undefined): Promise<boolean> {
  const [first, oldest] = await Promise.all([
    LedgerEntry.findOne({}, { at: 1 }).sort({ at: 1 }).lean(),
    Rollup.findOne({ span: "hour" }, { at: 1 }).sort({ at: 1 }).lean(),
  ]);
  if (!first || first.at >= later(now, -BEHIND_MS)) return false;
  if (!newestHour || !oldest || newestHour < later(hourOf(now), -BEHIND_MS)) return true;
  return oldest.at > dayOf(first.at);
}

function within(spans: Counted, from: Date, ms: number): RollupCounts[] {
  const until = from.getTime() + ms;
  return [...spans].filter(([at]) => at >= from.getTime() && at < until).map(([, counts]) => counts);
}
