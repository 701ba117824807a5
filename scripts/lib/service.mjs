import { spawn } from "node:child_process";
import { EventEmitter, on, once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { PlainError, root } from "./project.mjs";
import { signalGroup } from "./run.mjs";

const CRASHES = 5;
const CRASH_WINDOW_MS = 60_000;
const KEPT_LINES = 20;

/**
 * One long-lived child process. The first start fails when the child ends before it is ready. After that a child that
 * ends is started again, after a longer pause each time, until it has crashed five times in a minute; then it emits
 * `gone`. Each line of output is emitted as `line`.
 */
export class Service extends EventEmitter {
  /** What `ready` resolved to. */
  address;
  #child;
  #stopping = false;
  #crashes = [];
  #lines = [];

  /**
   * @param {object} options
   * @param {string} options.name for messages
   * @param {() => { args: string[], env: NodeJS.ProcessEnv }} options.command asked anew for each start
   * @param {(service: Service, signal: AbortSignal) => Promise<string | undefined>} options.ready resolves once usable
   * @param {number} options.patience milliseconds until it must be ready
   * @param {(message: string) => void} options.say
   * @param {number} [options.pause] milliseconds before the first restart; it doubles with each crash
   */
  constructor({ name, command, ready, patience, say, pause = 250 }) {
    super();
    Object.assign(this, { name, command, ready, patience, say, pause });
  }

  /** The process that runs now: another one after every crash. */
  get pid() {
    return this.#child?.pid;
  }

  /** Starts the child and waits until it is ready; from then on keeps it running. */
  async start() {
    const exit = await this.#launch();
    this.#keepRunning(exit).catch((error) => this.emit("gone", String(error)));
  }

  /** Ends the child: asks it first, kills its group after `patience` milliseconds. Resolves to its exit code. */
  async stop(patience) {
    this.#stopping = true;
    const child = this.#child;
    if (!child) return 0;
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, "exit");
      child.kill("SIGTERM");
      const timer = setTimeout(() => signalGroup(child.pid, "SIGKILL"), patience);
      await exit;
      clearTimeout(timer);
    }
    signalGroup(child.pid, "SIGKILL");
    return child.exitCode ?? 1;
  }

  /** Ends the child and whatever it started, at once. */
  kill() {
    this.#stopping = true;
    signalGroup(this.#child?.pid, "SIGKILL");
  }

  /** Starts the child once and waits until it is ready. Resolves to a holder of the promise of its end. */
  async #launch() {
    const { args, env } = this.command();
    const child = spawn(process.execPath, args, { cwd: root, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    this.#lines = [];
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on("line", (line) => this.#hear(line));
    }
    const ended = new AbortController();
    const exit = once(child, "exit").then((how) => {
      ended.abort();
      return how;
    });
    // A timeout in AbortSignal.any that nobody else holds is collected as garbage up to Node 22, and never strikes.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.patience);
    try {
      this.address = await this.ready(this, AbortSignal.any([ended.signal, late.signal]));
    } catch (error) {
      if (error.name !== "AbortError" && error.name !== "TimeoutError") throw error;
      // The last lines may still be on their way through the pipe.
      if (ended.signal.aborted) await Promise.race([once(child, "close"), sleep(200)]);
      signalGroup(child.pid, "SIGKILL");
      const what = ended.signal.aborted ? "did not start" : `was not ready after ${this.patience / 1000} s`;
      throw new PlainError([`The ${this.name} ${what}.`, ...this.#lines].join("\n"));
    } finally {
      clearTimeout(timer);
    }
    return { exit };
  }

  async #keepRunning(launched) {
    let current = launched;
    while (current) {
      const [code, signal] = await current.exit;
      // A part of its group may have outlived it and hold its port.
      signalGroup(this.#child.pid, "SIGKILL");
      if (this.#stopping) return;
      this.say(`The ${this.name} ended unexpectedly (${signal ?? `exit code ${code}`}). Starting it again.`);
      current = await this.#startAgain();
    }
  }

  async #startAgain() {
    while (!this.#stopping) {
      const now = Date.now();
      this.#crashes = [...this.#crashes.filter((at) => at > now - CRASH_WINDOW_MS), now];
      if (this.#crashes.length >= CRASHES) {
        const times = `The ${this.name} crashed ${CRASHES} times within ${CRASH_WINDOW_MS / 1000} s. Its last lines:`;
        this.emit("gone", [times, ...this.#lines].join("\n"));
        return undefined;
      }
      await sleep(this.pause * 2 ** (this.#crashes.length - 1));
      if (this.#stopping) return undefined;
      try {
        const launched = await this.#launch();
        this.say(`The ${this.name} is back.`);
        return launched;
      } catch (error) {
        if (!(error instanceof PlainError)) throw error;
        this.say(error.message);
      }
    }
    return undefined;
  }

  #hear(line) {
    this.#lines = [...this.#lines, line].slice(-KEPT_LINES);
    this.emit("line", line);
  }
}

/** Ready when the child prints a line that starts like this; the rest of the line is its address. */
export function printsLine(start) {
  return async (service, signal) => {
    for await (const [line] of on(service, "line", { signal })) {
      if (line.startsWith(start)) return line.slice(start.length).trim();
    }
    return undefined;
  };
}

/** Ready when this address answers 200. */
export function answers(url) {
  return async (_service, signal) => {
    while (!(await isOk(url))) await sleep(100, undefined, { signal });
    return url;
  };
}

async function isOk(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    // Nothing listens yet.
    return false;
  }
}
