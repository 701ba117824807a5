import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "./worker";

/** Stands in for `lib/clock`: how long a worker sleeps is for the test to say, so a sleep is over at its next turn. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const worker = Worker.current;
  if (!worker) return wait(ms, undefined, { signal });
  await worker.takeTurn("sleeps", async () => signal?.throwIfAborted());
}
