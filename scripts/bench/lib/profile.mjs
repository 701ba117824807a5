import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { summarizeHeap, summarizeProfile } from "./profile-summary.mjs";

const WAIT_MS = 30_000;
const FILES = ["inkwell.cpuprofile", "inkwell.heapprofile", "inkwell-heap.json"];

/** What an instance is started with so that it can be profiled: nothing, unless that is asked for. */
export function profiling({ options, resultsFolder }) {
  if (!options.profile) return {};
  const preload = new URL("../profile-preload.mjs", import.meta.url).href;
  return { NODE_OPTIONS: `--import ${preload}`, BENCH_PROFILE_DIR: resultsFolder };
}

/**
 * Profiles Inkwell while something runs, when that is asked for, and writes what it found beside the results.
 * @returns whatever `run` resolves to
 */
export async function profiled({ options, resultsFolder, say }, contender, run) {
  if (!options.profile || contender.name !== "inkwell") return run();
  mkdirSync(resultsFolder, { recursive: true });
  const [cpu, allocations, heap] = FILES.map((name) => join(resultsFolder, name));
  for (const path of [cpu, allocations, heap]) rmSync(path, { force: true });
  const [pid] = contender.pids;
  process.kill(pid, "SIGUSR2");
  const result = await run();
  process.kill(pid, "SIGUSR2");
  // The last file says that all are there.
  for (let waited = 0; !existsSync(heap) && waited < WAIT_MS; waited += 100) await sleep(100);
  await sleep(100);
  const read = (path) => JSON.parse(readFileSync(path, "utf8"));
  const summary = `${summarizeProfile(read(cpu))}\n${summarizeHeap(read(allocations), read(heap))}`;
  writeFileSync(join(resultsFolder, "inkwell-profile.md"), summary);
  say(`Profile of Inkwell: ${cpu}, summed up in inkwell-profile.md`);
  return result;
}
