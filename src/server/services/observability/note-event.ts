import type { Logger } from "@/server/lib/logger";
import type { AppEvent } from "./app-event";
import { countEvent } from "./count-event";

interface Emphasis {
  level?: "info" | "warn" | "error";
  /** What was thrown, where its words help and are not what people wrote. */
  err?: unknown;
}

/**
 * Tells of something once; logs, stories of requests and metrics all follow from it. Takes microseconds and writes
 * nothing that anybody waits for.
 */
export function noteEvent(log: Logger, told: AppEvent, { level = "info", err }: Emphasis = {}): void {
  const { event, ...fields } = told;
  log[level](err === undefined ? fields : { ...fields, err }, event);
  countEvent(told);
}
