import type { Logger } from "@/server/lib/logger";
import type { AppEvent } from "./app-event";

/** Tells of something once; logs, stories of requests and metrics all follow from it. */
export function noteEvent(log: Logger, { event, ...fields }: AppEvent): void {
  log.info(fields, event);
}
