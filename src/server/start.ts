import mongoose from "mongoose";
import { sleep } from "./lib/clock";
import { logger } from "./lib/logger";
import { policy } from "./lib/policy";
import { processState } from "./lib/process-state";
import { setUpConnections } from "./lib/set-up-connections";
import { warmProviders } from "./services/ai/warm-providers";
import { closeNow } from "./services/credits/close-settled";
import { endHeartbeat, keepHeartbeat } from "./services/observability/keep-heartbeat";
import { keepWritingObservations, writeObservations } from "./services/observability/write-observations";
import { beginDraining, endStreams, isDraining } from "./services/runs/draining";
import { runsEnded } from "./services/runs/run-registry";
import { readSettings, watchSettings } from "./services/settings/current-settings";
import { startSweeping } from "./services/sweep/start-sweeping";

const RECONNECT_MS = 1_000;
/** For the last events to reach their readers once everything is decided. */
const FLUSH_MS = 300;
/** For what was told last to reach the database. */
const LAST_WORDS_MS = 3_000;

/** Brings the process up: connects to the database, again and again until it is there, and leaves in good order. */
export function startServer(): void {
  processState("started", () => {
    setUpConnections(policy.providers.connectMs);
    void connectUntilThere().then(() => {
      startSweeping();
      void watchSettings();
      void keepWritingObservations();
      void keepHeartbeat();
      void warmProviders();
    });
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void leave(signal));
    return true;
  });
}

async function connectUntilThere(): Promise<void> {
  for (;;) {
    try {
      await readSettings();
      logger.info("database ready");
      return;
    } catch (error) {
      logger.error({ err: error }, "database away; trying again");
      await sleep(RECONNECT_MS);
    }
  }
}

/** What was told last is still written, if the database is there. */
async function lastWords(): Promise<void> {
  const results = await Promise.allSettled([writeObservations(), endHeartbeat()]);
  for (const { reason } of results.filter((it) => it.status === "rejected")) {
    logger.warn({ err: reason }, "the last stories and calls were not written");
  }
}

/** Takes nothing new, lets what runs finish, closes the streams, and goes. */
async function leave(signal: string): Promise<void> {
  if (isDraining()) return;
  beginDraining();
  logger.info({ signal }, "draining");
  await Promise.race([runsEnded().then(closeNow), sleep(policy.drainMs)]);
  await sleep(FLUSH_MS);
  endStreams();
  await sleep(FLUSH_MS);
  await Promise.race([lastWords(), sleep(LAST_WORDS_MS)]);
  await mongoose.disconnect();
  logger.info("drained");
  process.exit(0);
}
