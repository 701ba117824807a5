import { hostname } from "node:os";
import { Instance } from "@models";
import { sleep } from "@/server/lib/clock";
import { newId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { processState } from "@/server/lib/process-state";
import { guardStates } from "@/server/services/ai/provider-guard";
import { runningCount } from "@/server/services/runs/run-registry";

/** What this process is called among those that serve the instance. */
const self = () =>
  processState("instance", () => ({
    id: `${hostname()}-${process.pid}-${newId(4)}`,
    startedAt: new Date(Date.now() - process.uptime() * 1_000),
  }));

/** Writes down that this process is there, and how it is. */
export async function writeHeartbeat(): Promise<void> {
  const { id, startedAt } = self();
  const how = {
    seenAt: new Date(),
    memoryBytes: process.memoryUsage.rss(),
    running: runningCount(),
    breakers: guardStates(),
  };
  await Instance.updateOne({ _id: id }, { $set: how, $setOnInsert: { startedAt } }, { upsert: true });
}

/** The same again and again, for as long as the process lives. */
export async function keepHeartbeat(): Promise<never> {
  for (;;) {
    await writeHeartbeat().catch((error: unknown) => logger.warn({ err: error }, "heartbeat not written"));
    await sleep(policy.observability.heartbeatMs);
  }
}

/** The process goes: nobody is to take it for one that serves. */
export async function endHeartbeat(): Promise<void> {
  await Instance.deleteOne({ _id: self().id });
}
