import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate as macrotask, setTimeout as pause } from "node:timers/promises";

const current = new AsyncLocalStorage<Worker>();

/** A worker that does nothing for so many turns of the event loop is looked at less often, */
const SPINS = 2_000;
/** and after so long it is taken to hang on something that waits for no turn. */
const STUCK_MS = 20_000;

interface Step {
  what: string;
  begin: () => void;
}

export type Outcome = { value: unknown } | { error: unknown };

/**
 * Stands for one process. Whatever its code asks of the database or of PayPal first waits for its turn, so that a test
 * decides in which order the steps of several workers happen. A worker that crashes gets no more turns: what it waits
 * for never comes, so nothing of it runs any more, no `catch` and no `finally` either. That is how SIGKILL looks from
 * outside. A step that was done and not yet answered when the process died is the same as a crash before the next.
 */
export class Worker {
  /** What became of its work; absent while it goes on, and for ever when it crashed. */
  outcome: Outcome | undefined;
  private crashed = false;
  private waiting: Step[] = [];
  private acting: Promise<unknown> = Promise.resolve();
  private works = 0;
  private readonly intervals = new Map<object, () => void>();

  constructor(
    readonly name: string,
    private readonly onStep: (what: string) => void,
  ) {}

  /** The worker whose code is running, if it is one's. */
  static get current(): Worker | undefined {
    return current.getStore();
  }

  /** Begins its work, and resolves when it waits for its first turn. */
  async begin(work: () => Promise<unknown>): Promise<void> {
    const done = current.run(this, () =>
      work().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      ),
    );
    this.alsoDo(done.then((outcome) => (this.outcome = outcome)));
    await this.rest();
  }

  /** Counts a piece of work that goes on behind what was begun. */
  alsoDo(work: Promise<unknown>): void {
    this.works += 1;
    const ended = () => {
      this.works -= 1;
    };
    work.then(ended, ended);
  }

  /** True while there is a step it could take. */
  get isLive(): boolean {
    return this.waiting.length > 0;
  }

  get hasCrashed(): boolean {
    return this.crashed;
  }

  /** Takes its next step, and resolves when it waits for another turn or has ended. */
  async step(): Promise<void> {
    const step = this.waiting.shift();
    if (!step) return;
    this.onStep(step.what);
    step.begin();
    await this.rest();
  }

  crash(): void {
    this.crashed = true;
    this.waiting = [];
    this.intervals.clear();
  }

  /** Lets its timers fire: heartbeats, checkpoints. */
  async beat(): Promise<void> {
    for (const callback of this.intervals.values()) current.run(this, callback);
    await this.rest();
  }

  every(callback: () => void, handle: object): void {
    if (!this.crashed) this.intervals.set(handle, callback);
  }

  stopEvery(handle: object): void {
    this.intervals.delete(handle);
  }

  /** Waits for a turn, then acts. */
  async takeTurn<T>(what: string, act: () => Promise<T>): Promise<T> {
    await new Promise<void>((begin) => {
      if (!this.crashed) this.waiting.push({ what, begin });
    });
    const done = act();
    this.acting = done.catch(() => undefined);
    return done;
  }

  private async rest(): Promise<void> {
    const stuckAt = Date.now() + STUCK_MS;
    for (let spins = 0; ; spins += 1) {
      await (spins < SPINS ? macrotask() : pause(1));
      await this.acting;
      // The answer is passed on through a few hands before the next step is asked for.
      await macrotask();
      if (this.waiting.length > 0 || this.works === 0) return;
      if (Date.now() > stuckAt) throw new Error(`${this.name} neither waits for a turn nor ends`);
    }
  }
}

/** Does something as a step of the worker that asks for it; at once when no worker does. */
export function asStep<T>(what: string, act: () => Promise<T>): Promise<T> {
  const worker = Worker.current;
  return worker ? worker.takeTurn(what, act) : act();
}
