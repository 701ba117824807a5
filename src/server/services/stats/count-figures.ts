import { LedgerEntry, PROVIDER_CALLS_KEPT_MS, Rollup, type RollupCounts, type RollupDoc } from "@models";
import { countHours } from "./count-hours";
import { countPeople } from "./count-people";
import { addUp } from "./counts";
import { DAY_MS, dayOf, HOUR_MS, hourOf, later } from "./spans";

/** What is written into an hour by a slow clock is there so long after its end; what comes later reopens it. */
const GRACE_MS = 2 * 60_000;
/** Spans that are counted at once, and how often one pass does that for each kind; what is left waits for the next. */
const BATCH = 24;
const BATCHES_MAX = 8;
const STEP = { hour: HOUR_MS, day: DAY_MS };

/**
 * Counts hours and days that are over: those that were reopened, those that have ended since, and, newest first, those
 * from before anybody counted. They have no gaps: what is counted grows at its ends. Any number of processes may do
 * this at once.
 * @returns how many spans were counted; 0 when there is nothing left to do.
 */
export async function countFigures(): Promise<number> {
  const first = await LedgerEntry.findOne({}, { at: 1 }).sort({ at: 1 }).lean();
  if (!first) return 0;
  const from = dayOf(first.at);
  const now = later(new Date(), -GRACE_MS);
  const hours = await countSpans("hour", { from, until: later(hourOf(now), -HOUR_MS) });
  return hours + (await countSpans("day", { from, until: later(dayOf(now), -DAY_MS) }));
}

interface Reach {
  /** The first span there is, and the last that is over. */
  from: Date;
  until: Date;
}

async function countSpans(span: RollupDoc["span"], reach: Reach): Promise<number> {
  const count = span === "hour" ? closeHours : closeDays;
  let sum = 0;
  for (let batches = 0; batches < BATCHES_MAX; batches += 1) {
    let counted = 0;
    for (const spans of await uncounted(span, reach)) if (spans.length > 0) counted += await count(spans);
    if (counted === 0) break;
    sum += counted;
  }
  return sum;
}

/** What is to be counted: what was reopened, and what comes next at either end of what was counted before. */
async function uncounted(span: RollupDoc["span"], { from, until }: Reach): Promise<Date[][]> {
  const [open, newest, oldest] = await Promise.all([
    Rollup.find({ complete: false, span }, { at: 1 }).sort({ at: -1 }).limit(BATCH).lean(),
    Rollup.findOne({ span }, { at: 1 }).sort({ at: -1 }).lean(),
    Rollup.findOne({ span }, { at: 1 }).sort({ at: 1 }).lean(),
  ]);
  const step = STEP[span];
  return [
    open.map(({ at }) => at),
    newest ? walk(later(newest.at, step), until, step) : [],
    walk(oldest ? later(oldest.at, -step) : until, from, -step),
  ];
}

/** The spans from one to another, so many at most. */
function walk(from: Date, to: Date, step: number): Date[] {
  const length = Math.min(Math.floor((to.getTime() - from.getTime()) / step) + 1, BATCH);
  return Array.from({ length: Math.max(0, length) }, (_, index) => later(from, index * step));
}

async function closeHours(spans: Date[]): Promise<number> {
  const hours = await Rollup.claim("hour", spans);
  // Before the hours: if we are stopped in between, whoever counts them again comes by here again.
  await Rollup.reopen("day", spans.map(dayOf));
  const counted: { rollup: RollupDoc; counts: RollupCounts }[] = [];
  for (const run of runsOf(spans)) {
    const counts = await countHours(run.from, run.hours);
    for (const rollup of hours) {
      const its = counts.get(rollup.at.getTime());
      if (its) counted.push({ rollup, counts: keepingCosts(rollup, its) });
    }
  }
  return Rollup.close(counted);
}

/** Hours that follow each other are read in one go. */
function runsOf(hours: Date[]): { from: Date; hours: number }[] {
  const runs: { from: Date; hours: number }[] = [];
  for (const hour of hours.toSorted((one, other) => one.getTime() - other.getTime())) {
    const last = runs.at(-1);
    if (last && later(last.from, last.hours * HOUR_MS).getTime() === hour.getTime()) last.hours += 1;
    else runs.push({ from: hour, hours: 1 });
  }
  return runs;
}

/** Once the calls are gone that were counted when the hour was over, what they cost then stands. */
function keepingCosts({ at, costMicros, sandboxCostMicros }: RollupDoc, counts: RollupCounts): RollupCounts {
  const callsGone = at.getTime() < Date.now() - PROVIDER_CALLS_KEPT_MS + DAY_MS;
  return callsGone ? { ...counts, costMicros, sandboxCostMicros } : counts;
}

/** Those whose hours are all counted, up to the first of which they are not: going on would leave a gap. */
async function closeDays(spans: Date[]): Promise<number> {
  const ready: Date[] = [];
  for (const day of spans) {
    if (!(await hoursOf(day))) break;
    ready.push(day);
  }
  if (ready.length === 0) return 0;
  const counted: { rollup: RollupDoc; counts: RollupCounts }[] = [];
  for (const rollup of await Rollup.claim("day", ready)) {
    const hours = await hoursOf(rollup.at);
    if (!hours) continue;
    const activeUsers = await countPeople(rollup.at, DAY_MS);
    counted.push({ rollup, counts: { ...addUp(hours), activeUsers } });
  }
  return Rollup.close(counted);
}

async function hoursOf(day: Date): Promise<RollupDoc[] | undefined> {
  const hours = await Rollup.find({ span: "hour", at: { $gte: day, $lt: later(day, DAY_MS) } }).lean();
  return hours.length === 24 && hours.every(({ complete }) => complete) ? hours : undefined;
}
