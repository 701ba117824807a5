import { env } from "@/env";
import type { Logger } from "@/server/lib/logger";
import { rateLimiter } from "@/server/providers/configured";
import { noteEvent } from "@/server/services/observability/note-event";
import { entitlementsOf } from "@/server/services/settings/current-settings";
import type { Role } from "@/shared/entitlements";
import { AppError } from "@/shared/errors";

/** What is limited for people who are signed in; the numbers are their role's. */
export type LimitName = "chat" | "image" | "payment" | "export" | "test";

const PER_MINUTE: Record<LimitName, (role: Role) => number> = {
  chat: (role) => entitlementsOf(role).chatPerMinute,
  image: (role) => entitlementsOf(role).imagesPerMinute,
  // Each of these makes calls to PayPal, or reads a whole ledger.
  payment: () => 20,
  export: () => 6,
  // Calls to providers that nobody pays for.
  test: () => 20,
};

/** Takes one of the user's tokens. @throws AppError RATE_LIMITED with `retryAfterMs` · SERVICE_UNAVAILABLE. */
export function takeUserToken(limit: LimitName, user: { id: string; role: Role }, log: Logger): Promise<void> {
  return take(limit, user.id, PER_MINUTE[limit](user.role), log);
}

/** Anonymous calls a minute: by address, and tighter for one address trying one account. */
const ANONYMOUS_PER_MINUTE = { register: 10, "sign-in": 30, "sign-in-account": 10 } as const;

/**
 * Takes a token of whoever calls without being signed in.
 * A key never names an account alone: a stranger's attempts must not lock its owner out.
 * @throws AppError RATE_LIMITED with `retryAfterMs` · SERVICE_UNAVAILABLE.
 */
export function takeAnonymousToken(limit: keyof typeof ANONYMOUS_PER_MINUTE, key: string, log: Logger): Promise<void> {
  return take(limit, key, ANONYMOUS_PER_MINUTE[limit], log);
}

async function take(limit: string, key: string, perMinute: number, log: Logger): Promise<void> {
  const burst = Math.max(1, Math.round(perMinute * env.LIMIT_SCALE));
  const taken = await rateLimiter().take(`${limit}:${key}`, { burst, intervalMs: Math.ceil(60_000 / burst) });
  if (taken.allowed) return noteEvent(log, { event: "limit", limit, allowed: true });
  noteEvent(log, { event: "limit", limit, allowed: false, retryAfterMs: taken.retryAfterMs });
  const seconds = Math.ceil(taken.retryAfterMs / 1_000);
  throw new AppError("RATE_LIMITED", `That was a little fast. Try again in ${seconds} s; nothing was charged.`, {
    retryAfterMs: taken.retryAfterMs,
  });
}
