import { storyLines } from "@/server/lib/story-lines";
import { type GuardState, guardStates } from "@/server/services/ai/provider-guard";
import { runningCount } from "@/server/services/runs/run-registry";
import { metrics } from "./metrics";
import { callsToWrite } from "./note-provider-call";

const BREAKER_VALUE: Record<GuardState, number> = { closed: 0, "half-open": 1, open: 2 };

/** What this process counted so far and how it is now, in Prometheus' text format. */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  const { registry, breakerState, running, waiting, dropped } = metrics();
  for (const { name, state } of guardStates()) {
    const [provider = "", ...model] = name.split("/");
    breakerState.set({ provider, model: model.join("/") }, BREAKER_VALUE[state]);
  }
  running.set(runningCount());
  dropped.reset();
  for (const [kind, queue] of [
    ["story-line", storyLines()],
    ["provider-call", callsToWrite()],
  ] as const) {
    waiting.set({ kind }, queue.size);
    dropped.inc({ kind }, queue.dropped);
  }
  return { text: await registry.metrics(), contentType: registry.contentType };
}
