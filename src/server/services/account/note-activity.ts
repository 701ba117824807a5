import { Session, User } from "@models";
import { LRUCache } from "lru-cache";
import { logger } from "@/server/lib/logger";
import { processState } from "@/server/lib/process-state";

/** How exact "last seen" is. */
const EVERY_MS = 5 * 60_000;
const REMEMBERED = 10_000;

/** When this process last wrote down that a session, or a user without one, was used. */
const written = () => processState("activity", () => new LRUCache<string, number>({ max: REMEMBERED }));

/**
 * Writes down that somebody is here, every few minutes from each browser. Nobody waits for it: a request costs no more
 * for it, and does not fail with it.
 */
export function noteActivity(userId: string, sessionId: string | undefined): void {
  const key = sessionId ?? userId;
  const now = Date.now();
  if (now - (written().get(key) ?? 0) < EVERY_MS) return;
  written().set(key, now);
  const seen = { $set: { lastSeenAt: new Date(now) } };
  const writes = [
    User.updateOne({ _id: userId }, seen),
    sessionId && Session.updateOne({ _id: sessionId, userId }, seen),
  ];
  Promise.all(writes).catch((error: unknown) => logger.warn({ err: error, userId }, "activity not written down"));
}
