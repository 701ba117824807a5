/**
 * Preloaded into an instance that is to be profiled. SIGUSR2 begins a CPU profile; the next one ends it and writes it
 * down, with what is on the heap then, into BENCH_PROFILE_DIR.
 */
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";
import { getHeapSpaceStatistics, getHeapStatistics } from "node:v8";

const session = new Session();
session.connect();
const INTERVAL_US = 500;
let running = false;

process.on("SIGUSR2", async () => {
  running = !running;
  if (running) {
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: INTERVAL_US });
    await session.post("Profiler.start");
    await session.post("HeapProfiler.startSampling");
    return;
  }
  const { profile } = await session.post("Profiler.stop");
  const { profile: allocations } = await session.post("HeapProfiler.stopSampling");
  const heap = { heap: getHeapStatistics(), spaces: getHeapSpaceStatistics(), memory: process.memoryUsage() };
  const path = (name) => join(process.env.BENCH_PROFILE_DIR, name);
  writeFileSync(path("inkwell.cpuprofile"), JSON.stringify(profile));
  writeFileSync(path("inkwell.heapprofile"), JSON.stringify(allocations));
  writeFileSync(path("inkwell-heap.json"), JSON.stringify(heap));
});
