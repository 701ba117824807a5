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

/** The answer kept under `key`. A cache that is away is an empty one. */
export async function findCachedAnswer(key: string, log: Logger): Promise<CachedAnswer | undefined> {
  try {
    const answer = parseAnswer(await sharedCache().get(answerKey(key)));
    noteEvent(log, { event: "cache", outcome: answer ? "hit" : "miss" });
    return answer;
  } catch (error) {
    noteEvent(log, { event: "cache", outcome: "away" }, { level: "warn", err: error });
    return undefined;
  }
}

const answerKey = (key: string) => `answer:${key}`;

function parseAnswer(stored: string | undefined): CachedAnswer | undefined {
  return stored === undefined ? undefined : cachedAnswer.parse(JSON.parse(stored));
}

/** Keeps a complete, unblocked answer for a day. */
export async function keepAnswer(key: string, answer: CachedAnswer, log: Logger): Promise<void> {
  try {
    await sharedCache().set(answerKey(key), JSON.stringify(answer), policy.chat.cacheTtlMs);
  } catch (error) {
    log.warn({ err: error }, "cache not written");
  }
}

export type Flight =
  /** The question is ours to ask; call `land` when the answer is kept, or will not come. */
  | { role: "leader"; land: () => Promise<void> }
  /** Someone else asked the same meanwhile, and this is what came. */
  | { role: "follower"; answer: CachedAnswer };

/**
 * Sees to it that of many who ask the same at once only one asks the provider. The others wait for its answer, which
 * is kept once it is complete; when none has come by `patience` (milliseconds since the epoch), they ask for themselves.
 */
export async function joinFlight(key: string, patience: number, signal: AbortSignal, log: Logger): Promise<Flight> {
  const lockKey = `flight:${key}`;
  const lockMs = policy.chat.firstContentMs + policy.chat.totalMs;
  const alone: Flight = { role: "leader", land: async () => undefined };
  try {
    do {
      // Whoever held the lock before may have kept its answer since we looked.
      const { token, value } = await sharedCache().lockAndGet(lockKey, lockMs, answerKey(key));
      const answer = parseAnswer(value);
      if (token && !answer) return { role: "leader", land: () => sharedCache().unlock(lockKey, token) };
      if (token) await sharedCache().unlock(lockKey, token);
      if (answer) {
        noteEvent(log, { event: "cache", outcome: "shared" });
        return { role: "follower", answer };
      }
      await sleep(FLIGHT_POLL_MS, signal);
    } while (Date.now() < patience);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    log.warn({ err: error }, "single flight skipped");
  }
  return alone;
}
