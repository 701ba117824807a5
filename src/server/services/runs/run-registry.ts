import { EventEmitter } from "node:events";
import { sleep } from "@/server/lib/clock";
import { processState } from "@/server/lib/process-state";

/** Waits for changes of a run, again and again. */
export interface Follower {
  /**
   * Resolves at the next change; at once when there will be no more. Rejects when the follower's signal aborts first. One
   * call at a time.
   */
  changed(): Promise<void>;
  /** To be called once no more changes are waited for. */
  leave(): void;
}

/**
 * Work that goes on whether or not anyone is watching: an answer being written, images being made. It belongs to the
 * process, not to the request that began it; requests follow its state and may ask it to stop.
 */
export class Run<State extends object> {
  /** Aborted when the user asks to stop, or when the work must not go on. */
  readonly stop = new AbortController();
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #woken = new AbortController();
  #isOver = false;
  #end: () => void = () => undefined;
  /** Resolves when the work has ended, in whatever way. */
  readonly ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  constructor(
    readonly id: string,
    readonly state: State,
  ) {}

  /** Changes the state and wakes everyone who follows. */
  update(patch: Partial<State>): void {
    Object.assign(this.state, patch);
    this.#changes.emit("change");
  }

  /** Ends the pause the work makes; if it makes none just now, its next one. */
  wake(): void {
    this.#woken.abort();
  }

  /** For the work itself: resolves after `ms` milliseconds or when woken; rejects when told to stop by `signal`. */
  async pause(ms: number, signal: AbortSignal): Promise<void> {
    const woken = this.#woken.signal;
    await sleep(ms, AbortSignal.any([signal, woken])).catch(() => signal.throwIfAborted());
    if (woken.aborted) this.#woken = new AbortController();
  }

  /** Says that the work has ended, in whatever way: whoever follows it looks elsewhere from now on. */
  finish(): void {
    this.#isOver = true;
    this.#changes.emit("change");
    this.#end();
  }

  /**
   * Follows the work from now on. With `isUrgent`, which is asked at each change, those that are not urgent wake the
   * follower within `GATHER_MS`, together with all others that wait.
   */
  follow(signal: AbortSignal, isUrgent?: () => boolean): Follower {
    let waiting: { resolve: () => void; reject: (reason: unknown) => void } | undefined;
    const wake = () => {
      waiting?.resolve();
      waiting = undefined;
    };
    const look = () => {
      if (!waiting) return;
      if (!isUrgent || this.#isOver || isUrgent()) wake();
      else wakeSoon(wake);
    };
    const abort = () => {
      waiting?.reject(signal.reason);
      waiting = undefined;
    };
    this.#changes.on("change", look);
    signal.addEventListener("abort", abort);
    return {
      changed: async () => {
        if (this.#isOver) return;
        signal.throwIfAborted();
        await new Promise<void>((resolve, reject) => {
          waiting = { resolve, reject };
        });
      },
      leave: () => {
        this.#changes.off("change", look);
        signal.removeEventListener("abort", abort);
      },
    };
  }
}

/** Words that come so close together, in milliseconds, are passed on as one: nobody sees it, and each piece costs a write. */
export const GATHER_MS = 20;

const sleepers = processState("followers-to-wake", () => new Set<() => void>());

/** Wakes whoever waits within `GATHER_MS`, all of them at one time: a process that wakes up often does little else. */
function wakeSoon(wake: () => void): void {
  if (sleepers.size === 0) setTimeout(wakeAll, GATHER_MS);
  sleepers.add(wake);
}

function wakeAll(): void {
  const woken = [...sleepers];
  sleepers.clear();
  for (const wake of woken) wake();
}

const running = processState("running", () => new Set<Promise<void>>());

/** The runs of one kind in this process, by id. */
export class RunRegistry<State extends object> {
  readonly #runs: Map<string, Run<State>>;

  constructor(kind: string) {
    this.#runs = processState(`runs.${kind}`, () => new Map());
  }

  find(id: string): Run<State> | undefined {
    return this.#runs.get(id);
  }

  /**
   * Begins a run; it is found by its id until `work` ends, and whoever follows it then looks again. `work` must not reject.
   */
  start(id: string, state: State, work: (run: Run<State>) => Promise<void>): Run<State> {
    const run = new Run(id, state);
    this.#runs.set(id, run);
    const ended = work(run).finally(() => {
      // The same work may have been taken up anew.
      if (this.#runs.get(id) === run) this.#runs.delete(id);
      running.delete(ended);
      run.finish();
    });
    running.add(ended);
    return run;
  }
}

/** How much is running in this process. */
export const runningCount = (): number => running.size;

/** Resolves when nothing runs any more, whatever is begun meanwhile. */
export async function runsEnded(): Promise<void> {
  while (running.size > 0) await Promise.all(running);
}
