import { EventEmitter } from "node:events";
import { sleep } from "@/server/lib/clock";
import { processState } from "@/server/lib/process-state";

/** Lets changes gather, so that those which come close together wake their follower once. */
export interface Gathering {
  /** From the first of them on, in milliseconds. */
  ms: number;
  /** Asked at each change: true when the follower is to be woken at once. */
  isUrgent: () => boolean;
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
   * Resolves at the next change, or when `gathering` ends that it begins; at once when there will be no change. Rejects
   * when `signal` aborts first.
   */
  async changed(signal: AbortSignal, gathering?: Gathering): Promise<void> {
    if (this.#isOver) return;
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const leave = () => {
        clearTimeout(timer);
        this.#changes.off("change", look);
        signal.removeEventListener("abort", abort);
      };
      const wake = () => {
        leave();
        resolve();
      };
      const abort = () => {
        leave();
        reject(signal.reason);
      };
      const look = () => {
        if (!gathering || this.#isOver || gathering.isUrgent()) wake();
        else timer ??= setTimeout(wake, gathering.ms);
      };
      this.#changes.on("change", look);
      signal.addEventListener("abort", abort);
    });
  }
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
