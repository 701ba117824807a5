import type { OperationDoc } from "@models";
import type { AppEvent } from "@/server/services/observability/app-event";
import { after, type Scene } from "./past";

const DAY_MS = 86_400_000;
/** Stories are kept for 30 days; those that would go tomorrow are not begun. */
const STORIES_MS = 29 * DAY_MS;
/** So are calls for 90. */
const CALLS_MS = 89 * DAY_MS;

/** A time at which a provider did badly. */
interface Trouble {
  provider: string;
  daysAgo: number;
  hours: number;
  /** The share of calls that fail. */
  share: number;
}

const TROUBLES: Trouble[] = [
  { provider: "gemini", daysAgo: 61, hours: 7, share: 0.9 },
  { provider: "gemini", daysAgo: 12, hours: 9, share: 0.95 },
  { provider: "openai", daysAgo: 12, hours: 4, share: 0.6 },
  { provider: "replicate", daysAgo: 33, hours: 12, share: 0.7 },
];
/** On any other day. */
const USUALLY = 0.012;

export function failsNow({ chance, now }: Scene, provider: string, at: Date): boolean {
  const trouble = TROUBLES.find((it) => {
    const begins = now.getTime() - it.daysAgo * DAY_MS;
    return it.provider === provider && at.getTime() >= begins && at.getTime() < begins + it.hours * 3_600_000;
  });
  return chance.happens(trouble?.share ?? USUALLY);
}

/** Writes an event down as part of a request's story, so many ms after it began. */
export function tell({ chance, now, past }: Scene, use: OperationDoc, ms: number, event: AppEvent): void {
  const at = after(use.createdAt, ms);
  const { requestId, userId } = use;
  if (event.event === "provider" && now.getTime() - at.getTime() < CALLS_MS) {
    const { event: _, ...call } = event;
    past.calls.push({ _id: chance.id(), requestId, at, ...call });
  }
  if (now.getTime() - at.getTime() > STORIES_MS) return;
  const { event: name, ...fields } = event;
  const level = "outcome" in event && event.outcome === "failed" ? ("warn" as const) : ("info" as const);
  past.events.push({ _id: chance.id(), requestId, userId, at, level, event: name, fields });
}
