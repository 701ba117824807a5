import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { foreignCores } from "./noise.mjs";

/** The kernel's own unit on every Linux there is. */
const MICROSECONDS_PER_TICK = 10_000;

/** Everything on one core: who measures, and what is measured. The rest of the machine is for others. */
export const CORES = { bench: 0, system: 1 };

/** Before anything is pinned: what a process may use is all that it sees. */
const CORES_THERE = availableParallelism();

export const EVERY_CORE = `0-${CORES_THERE - 1}`;

/** Keeps a process, with all its threads and whatever they start, on one core or on a range of them. */
export function pin(pid, cores) {
  if (CORES_THERE < 2) return;
  execFileSync("taskset", ["-a", "-c", "-p", String(cores), String(pid)], { stdio: "ignore" });
}

/** The processor time a process has used so far, in microseconds; 0 when it is gone. */
export function cpuMicroseconds(pid) {
  const { ticks = 0 } = readStat(pid) ?? {};
  return ticks * MICROSECONDS_PER_TICK;
}

/** The memory a process has in use, in kB; NaN when it is gone. */
export function residentKilobytes(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes);
}

/** How many files and sockets a process has open. */
export function openHandles(pid) {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** A look at the machine and at our part of it, in ticks. */
export function lookAtMachine() {
  const lines = readFileSync("/proc/stat", "utf8").split("\n");
  const [user, nice, system, idle, waiting, irq, softirq, steal] = lines[0].split(/\s+/).slice(1).map(Number);
  const busy = user + nice + system + irq + softirq + steal;
  const cores = lines.filter((line) => /^cpu\d/.test(line)).length;
  return { busy, nice, total: busy + idle + waiting, cores, own: ownTicks() };
}

/**
 * The cores others used since an earlier look.
 * @param {{ ignoreNiced?: boolean }} options leaves out what runs at a lower priority: it gives way to what is measured
 */
export function foreignSince(before, { ignoreNiced = false } = {}) {
  const after = lookAtMachine();
  if (ignoreNiced) after.busy -= after.nice - before.nice;
  return foreignCores(before, after);
}

/** What this process and all below it have used. */
function ownTicks() {
  const processes = new Map();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? readStat(name) : undefined;
    if (stat) processes.set(Number(name), stat);
  }
  const isOurs = (pid) => pid === process.pid || (pid > 1 && isOurs(processes.get(pid)?.parent ?? 0));
  let ticks = 0;
  for (const [pid, stat] of processes) if (isOurs(pid)) ticks += stat.ticks;
  return ticks;
}

function readStat(pid) {
  const text = readOrEmpty(`/proc/${pid}/stat`);
  if (text === "") return undefined;
  // The name in brackets may hold anything, spaces too.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

function readOrEmpty(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return "";
    throw error;
  }
}
