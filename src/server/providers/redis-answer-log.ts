import type { Redis } from "@upstash/redis";
import { z } from "zod";
import type { AnswerLog } from "./answer-log";

/** How long somebody who said so is taken to be reading. */
export const WANTED_MS = 5_000;

const entries = z.array(z.tuple([z.string(), z.tuple([z.literal("t"), z.string()])]));

/**
 * Answers as Redis streams, under `prefix`. An entry's id says how many characters came before it, so that an entry
 * written twice is refused by Redis itself. Readers poll: blocking reads do not exist over REST.
 */
export function createRedisAnswerLog(client: Redis, { prefix, ttlMs }: { prefix: string; ttlMs: number }): AnswerLog {
  const keyOf = (answerId: string) => `${prefix}:${answerId}`;

  const wantedKeyOf = (answerId: string) => `${keyOf(answerId)}:wanted`;

  return {
    async want(answerId) {
      await client.set(wantedKeyOf(answerId), "1", { px: WANTED_MS });
    },

    async wanted(answerIds) {
      if (answerIds.length === 0) return [];
      const marks = await client.mget<unknown[]>(answerIds.map(wantedKeyOf));
      return answerIds.filter((_, index) => marks[index] !== null);
    },

    async append(answerId, at, text) {
      const key = keyOf(answerId);
      try {
        await client.xadd(key, idOf(at), { t: text });
      } catch (error) {
        if (!String(error).includes("equal or smaller")) throw error;
      }
      if (at === 0) await client.pexpire(key, ttlMs);
    },

    async read(answerId, from) {
      const found = entries.parse(await client.xrange(keyOf(answerId), idOf(from), "+"));
      let text = "";
      for (const [id, [, piece]] of found) {
        // A reader that began elsewhere, or an entry that is missing: the stored text will bring it back in step.
        if (id !== idOf(from + text.length)) break;
        text += piece;
      }
      return text;
    },
  };
}

/** Ids begin at 1: Redis keeps 0-0 for itself. */
const idOf = (at: number) => `${at + 1}-0`;
