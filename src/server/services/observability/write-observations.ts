import { ProviderCall, type ProviderCallDoc, RequestEvent, type RequestEventDoc } from "@models";
import { connectDatabase } from "@/server/db/connect";
import { isDatabaseAway, onlyDuplicates } from "@/server/db/mongo-errors";
import type { BoundedQueue } from "@/server/lib/bounded-queue";
import { sleep } from "@/server/lib/clock";
import { logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { processState } from "@/server/lib/process-state";
import { storyLines } from "@/server/lib/story-lines";
import { reopenHours } from "@/server/services/stats/reopen-hours";
import { callsToWrite } from "./note-provider-call";
import { readLine } from "./read-line";

const BATCH_MAX = 1_000;

interface Writing {
  /** The round under way, or the last one. */
  round: Promise<void>;
  /** Taken out of the queues and not yet known to be written: a repeat must carry the same ids. */
  lines: RequestEventDoc[];
  calls: ProviderCallDoc[];
}

const state = () =>
  processState<Writing>("writing-observations", () => ({ round: Promise.resolve(), lines: [], calls: [] }));

/** Writes what was told so far: what this process' stories and calls are read from is complete when it resolves. */
export function writeObservations(): Promise<void> {
  const writing = state();
  writing.round = writing.round.catch(() => undefined).then(writeAll);
  return writing.round;
}

/** Writes every second for as long as the process lives. While the database is away, what was told waits. */
export async function keepWritingObservations(): Promise<never> {
  let away = false;
  for (;;) {
    await sleep(policy.observability.writeMs);
    try {
      await writeObservations();
      away = false;
    } catch (error) {
      if (!away) logger.warn({ err: error }, "stories and provider calls wait for the database");
      away = true;
    }
  }
}

async function writeAll(): Promise<void> {
  const writing = state();
  await connectDatabase();
  for (;;) {
    if (writing.lines.length === 0) writing.lines = storyLines().take(BATCH_MAX).map(readLine);
    if (writing.calls.length === 0) writing.calls = callsToWrite().take(BATCH_MAX);
    const { lines, calls } = writing;
    if (lines.length === 0 && calls.length === 0) return;
    // Calls first: what was spent must be known, a story may be incomplete.
    if (calls.length > 0) {
      await write(() => ProviderCall.native().insertMany(calls, { ordered: false }), calls.length, callsToWrite());
      await reopenHours(calls.map(({ at }) => at));
    }
    writing.calls = [];
    if (lines.length > 0)
      await write(() => RequestEvent.native().insertMany(lines, { ordered: false }), lines.length, storyLines());
    writing.lines = [];
  }
}

/** Inserts a batch. One that the database will never take is let go, so that the next ones come through. */
async function write(insert: () => Promise<unknown>, count: number, queue: BoundedQueue<unknown>): Promise<void> {
  try {
    await insert();
  } catch (error) {
    if (onlyDuplicates(error)) return;
    if (isDatabaseAway(error)) throw error;
    queue.drop(count);
    logger.error({ err: error, count }, "stories or provider calls could not be written");
  }
}
