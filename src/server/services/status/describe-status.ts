import { LRUCache } from "lru-cache";
import { isDatabaseReady } from "@/server/db/connect";
import { logger } from "@/server/lib/logger";
import { processState } from "@/server/lib/process-state";
import { settleWithin } from "@/server/lib/settle-within";
import { currentSettings } from "@/server/services/settings/current-settings";
import { readSpans } from "@/server/services/stats/read-spans";
import { DAY_MS, dayOf, hourOf, later } from "@/server/services/stats/spans";
import type { StatusPage } from "@/shared/operations";
import { type Judged, judgeParts, partsSwitchedOff } from "./judge-parts";

const DAYS = 30;
/** Everybody may look, as often as they like. */
const FRESH_MS = 10_000;
/** A page that says "down" is worth more than one that does not come. */
const READ_MS = 5_000;

type Part = StatusPage["parts"][number];
type Days = Partial<Record<Part["name"], Part["days"]>>;

const pages = () =>
  processState(
    "status-pages",
    () => new LRUCache<"page", StatusPage>({ max: 1, ttl: FRESH_MS, fetchMethod: () => readStatus() }),
  );

/** How the service does, for everybody, a few seconds old at most. Says nothing of how it is made. */
export async function describeStatus(): Promise<StatusPage> {
  return (await pages().fetch("page")) ?? readStatus();
}

/** The same as it is now. Without the database it says so, with the days it knows from before. */
export async function readStatus(): Promise<StatusPage> {
  const known = processState<{ days: Days }>("status-days", () => ({ days: {} }));
  try {
    if (!(await isDatabaseReady())) throw new Error("the database is away");
    const [days, judged] = await settleWithin(READ_MS, Promise.all([readDays(), judgeParts()]));
    known.days = days;
    return pageOf(judged, days);
  } catch (error) {
    logger.warn({ err: error }, "status told without the database");
    return pageOf(withoutDatabase(), known.days);
  }
}

function pageOf(judged: Judged[], days: Days): StatusPage {
  const { maintenance } = currentSettings();
  return {
    overall: overallOf(judged),
    maintenance: maintenance.on ? maintenance.message : null,
    parts: judged.map((part) => ({ ...part, days: days[part.name] ?? [] })),
    asOf: new Date(),
  };
}

function overallOf(parts: Judged[]): StatusPage["overall"] {
  const isDown = (name: Part["name"]) => parts.some((part) => part.name === name && part.state === "down");
  if (isDown("database") || isDown("chat")) return "down";
  return parts.some(({ state }) => state === "down" || state === "degraded") ? "degraded" : "up";
}

function withoutDatabase(): Judged[] {
  const off = partsSwitchedOff();
  const names = ["chat", "images", "payments", "storage"] as const;
  return [
    ...names.map(
      (name) =>
        off.find((part) => part.name === name) ?? {
          name,
          state: "down" as const,
          note: "Waits for our database. Nothing is lost and nothing is charged.",
        },
    ),
    { name: "database", state: "down", note: "It cannot be reached just now. We keep trying." },
  ];
}

/** Which share of what was asked for was delivered on each day. */
async function readDays(): Promise<Days> {
  const now = new Date();
  const first = later(dayOf(now), (1 - DAYS) * DAY_MS);
  const { days } = await readSpans(now, { hours: hourOf(now), days: first });
  const daysOf = (part: "chat" | "image") =>
    Array.from({ length: DAYS }, (_, index) => {
      const day = later(first, index * DAY_MS);
      const { asked = 0, failed = 0 } = days.get(day.getTime())?.[part] ?? {};
      return { day, delivered: asked === 0 ? null : (asked - failed) / asked };
    });
  return { chat: daysOf("chat"), images: daysOf("image") };
}
