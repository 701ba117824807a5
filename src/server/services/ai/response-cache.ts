import { createHmac } from "node:crypto";
import { z } from "zod";
import { env } from "@/env";
import { sleep } from "@/server/lib/clock";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import type { ChatTurn } from "@/server/providers/chat-provider";
import { sharedCache } from "@/server/providers/configured";
import { noteEvent } from "@/server/services/observability/note-event";
import type { ChatTier } from "@/shared/chat";
import { chatChain } from "./chat-models";

const cachedAnswer = z.object({ text: z.string(), provider: z.string(), model: z.string(), sandbox: z.boolean() });
export type CachedAnswer = z.infer<typeof cachedAnswer>;

/** Raise it when what an answer depends on changes, so that old answers are not served. */
const VERSION = 1;
const FLIGHT_POLL_MS = 50;
/** Longer than any answer takes. */
const LOCK_MS = policy.chat.firstContentMs + policy.chat.totalMs;

export interface CacheQuestion {
  tier: ChatTier;
  system: string;
  turns: ChatTurn[];
  userId: string;
}

/**
 * The key of an answer: everything it depends on, keyed so that nobody can test for a prompt. A conversation's first
 * message has the same key for everyone; what follows is its owner's alone.
 */
export function cacheKey({ tier, system, turns, userId }: CacheQuestion): string {
  const chain = chatChain(tier).map(({ provider, model }) => [provider.name, model, provider.sandbox]);
  const scope = turns.length > 1 ? userId : "everyone";
  return createHmac("sha256", env.NEXTAUTH_SECRET)
    .update(JSON.stringify([VERSION, chain, system, turns.map(({ role, text }) => [role, text]), scope]))
    .digest("base64url");
}

/** What becomes of a question that may have been asked before, or be asked by somebody else just now. */
export type Flight =
  /** This was answered before. */
  | { role: "found"; answer: CachedAnswer }
  /**
   * The question is ours to ask. To be called once it is over: with the answer, when it is complete and nothing of it was
   * blocked, which is then kept for a day; nobody waits for it any longer. Never rejects.
   */
  | { role: "leader"; land: (answer?: CachedAnswer) => Promise<void> }
  /** Somebody else is asking it: `awaitFlight` tells what comes of that. */
  | { role: "waiting" };

/**
 * Sees to it that of many who ask the same at once only one asks the provider. A cache that is away is an empty one, and
 * then everybody asks. Never rejects.
 */
export async function joinFlight(key: string, log: Logger): Promise<Flight> {
  try {
    const flight = await lookUp(key, log);
    noteEvent(log, { event: "cache", outcome: flight.role === "found" ? "hit" : "miss" });
    return flight;
  } catch (error) {
    noteEvent(log, { event: "cache", outcome: "away" }, { level: "warn", err: error });
    return flyAlone(key, log);
  }
}

/** For a question that is to be asked whatever was answered before. */
export function flyAlone(key: string, log: Logger): Extract<Flight, { role: "leader" }> {
  return { role: "leader", land: (answer) => keep(key, answer, undefined, log) };
}

/** For whoever does not ask after all: holds nobody up. */
export async function leaveFlight(flight: Flight): Promise<void> {
  if (flight.role === "leader") await flight.land();
}

/**
 * Waits for what somebody else is asking. When no answer has come by `patience` (milliseconds since the epoch), or none
 * will, the question is ours.
 * @throws the signal's reason when it aborts
 */
export async function awaitFlight(
  key: string,
  patience: number,
  signal: AbortSignal,
  log: Logger,
): Promise<Exclude<Flight, { role: "waiting" }>> {
  try {
    while (Date.now() < patience) {
      await sleep(FLIGHT_POLL_MS, signal);
      const flight = await lookUp(key, log);
      if (flight.role === "waiting") continue;
      if (flight.role === "found") noteEvent(log, { event: "cache", outcome: "shared" });
      return flight;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    log.warn({ err: error }, "single flight skipped");
  }
  return flyAlone(key, log);
}

async function lookUp(key: string, log: Logger): Promise<Flight> {
  const { value, token } = await sharedCache().getOrLock(answerKey(key), LOCK_MS);
  if (value !== undefined) return { role: "found", answer: cachedAnswer.parse(JSON.parse(value)) };
  return token ? { role: "leader", land: (answer) => keep(key, answer, token, log) } : { role: "waiting" };
}

async function keep(
  key: string,
  answer: CachedAnswer | undefined,
  token: string | undefined,
  log: Logger,
): Promise<void> {
  const cache = sharedCache();
  try {
    if (answer) await cache.set(answerKey(key), JSON.stringify(answer), policy.chat.cacheTtlMs, token);
    else if (token) await cache.unlock(answerKey(key), token);
  } catch (error) {
    log.warn({ err: error }, "cache not written");
  }
}

const answerKey = (key: string) => `answer:${key}`;
