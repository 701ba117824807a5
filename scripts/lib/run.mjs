import { spawn } from "node:child_process";
import { PlainError, root } from "./project.mjs";

/** Groups started by `run` that have not ended, for `stopRuns`. */
const running = new Set();

/**
 * Runs a command to its end with its output passed through, and resolves to its exit code. The command leads a process
 * group of its own; whatever it left behind in the group is killed when it ends.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options]
 */
export function run(command, args, { env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, detached: true, stdio: ["ignore", "inherit", "inherit"] });
    running.add(child);
    child.once("error", reject);
    child.once("exit", (code) => {
      running.delete(child);
      signalGroup(child.pid, "SIGKILL");
      resolve(code ?? 1);
    });
  });
}

/** Like `run`, but a failing command is an error. */
export async function runOrThrow(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new PlainError(`${[command, ...args].join(" ")} failed with exit code ${code}.`);
}

/** Passes a signal to every command that still runs. */
export function stopRuns(signal) {
  for (const child of running) signalGroup(child.pid, signal);
}

/** Signals a whole process group; a group that has already ended is no error. */
export function signalGroup(pid, signal) {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}
