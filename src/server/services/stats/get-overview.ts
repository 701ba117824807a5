import type { RollupCounts } from "@models";
import { LRUCache } from "lru-cache";
import type { z } from "zod";
import { env } from "@/env";
import { processState } from "@/server/lib/process-state";
import { sandboxMode } from "@/server/providers/configured";
import { currentSettings } from "@/server/services/settings/current-settings";
import { fromUsdMicros } from "@/shared/money";
import type { Figures, Overview, overviewInput } from "@/shared/overview";
import { addUp, NOTHING } from "./counts";
import { percentile } from "./histogram";
import { readNow } from "./read-now";
import { type Counted, readSpans, type Spans } from "./read-spans";
import { DAY_MS, dayOf, HOUR_MS, hourOf, later, weekOf } from "./spans";

type Step = z.infer<typeof overviewInput>["by"];

/** What is shown of each step: the last two days, three months, half a year. */
const POINTS: Record<Step, number> = { hour: 48, day: 90, week: 26 };
const MS: Record<Step, number> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };
const STARTS: Record<Step, (time: Date) => Date> = { hour: hourOf, day: dayOf, week: weekOf };

/** So that many who look at once, again and again, cost no more than one. */
const FRESH_MS = 5_000;

const overviews = () =>
  processState(
    "overviews",
    () => new LRUCache<Step, Overview>({ max: 3, ttl: FRESH_MS, fetchMethod: (by) => readOverview(by) }),
  );

/** The instance's figures, a few seconds old at most. */
export async function getOverview({ by }: z.infer<typeof overviewInput>): Promise<Overview> {
  return (await overviews().fetch(by)) ?? readOverview(by);
}

/** The figures as they are now. */
export async function readOverview(by: Step): Promise<Overview> {
  const now = new Date();
  const starts = startsOf(by, now);
  const [first = now] = starts;
  const spans = await readSpans(now, { hours: by === "hour" ? first : hourOf(now), days: by === "hour" ? now : first });
  const points = starts.map((at) => ({ at, counts: countsOf(by, at, spans) }));
  const play = sandboxMode().payments;
  const view = (counts: RollupCounts) => toFigures(counts, play);
  return {
    by,
    currency: env.CURRENCY,
    play,
    now: await readNow(now, spans.sinceLastDay),
    total: view(addUp(points.map(({ counts }) => counts))),
    points: points.map(({ at, counts }) => ({ at, ...view(counts) })),
    catchingUp: spans.catchingUp,
    asOf: now,
  };
}

function startsOf(by: Step, now: Date): Date[] {
  const last = STARTS[by](now);
  return Array.from({ length: POINTS[by] }, (_, index) => later(last, (index + 1 - POINTS[by]) * MS[by]));
}

function countsOf(by: Step, at: Date, { hours, days }: Spans): RollupCounts {
  const counted: Counted = by === "hour" ? hours : days;
  if (by !== "week") return counted.get(at.getTime()) ?? NOTHING;
  const week = Array.from({ length: 7 }, (_, day) => counted.get(later(at, day * DAY_MS).getTime()));
  return addUp(week.filter((day) => day !== undefined));
}

/** Counts as the contract has them: of play money or of real money, never both. */
function toFigures(counts: RollupCounts, play: boolean): Figures {
  const { currency, costMicros, sandboxCostMicros, firstTokens } = {
    currency: env.CURRENCY,
    ...counts,
  };
  const sold = counts.sales.filter((sale) => sale.currency === currency && sale.sandbox === play);
  const revenue = sold.reduce((sum, { amount }) => sum + amount, 0);
  const refunded = sold.reduce((sum, sale) => sum + sale.refunded, 0);
  // Play money is weighed against what everything would cost.
  const cost = play ? costMicros + sandboxCostMicros : costMicros;
  return {
    newUsers: counts.newUsers,
    activeUsers: counts.activeUsers,
    answers: counts.answers,
    cachedAnswers: counts.cachedAnswers,
    images: counts.images,
    asked: counts.asked,
    failed: counts.failed,
    creditsSold: counts.creditsSold,
    creditsGiven: counts.creditsGiven,
    creditsUsed: counts.creditsUsed,
    creditsTaken: counts.creditsTaken,
    revenue,
    refunded,
    costMicros: cost,
    margin: revenue - refunded - fromUsdMicros(cost, currentSettings().usdRate, currency),
    firstTokenP50: percentile(firstTokens, 0.5),
    firstTokenP95: percentile(firstTokens, 0.95),
  };
}
