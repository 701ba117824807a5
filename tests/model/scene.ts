import { type Outcome, Worker } from "./worker";

/** More steps than any work takes that comes to an end. */
const STEPS_MAX = 400;

interface Beginning {
  steps: number;
  fate: "waits" | "dies";
}

/** Where a sequence of commands plays: its workers, and what they did, step by step. */
export class Scene {
  readonly workers: Worker[] = [];
  /** Every step taken, oldest first, to be read when something went wrong. */
  readonly steps: string[] = [];

  /** Sets a new worker to work, gives it its first steps, and then lets it wait or die. */
  async start(name: string, work: () => Promise<unknown>, { steps, fate }: Beginning): Promise<Worker> {
    const label = `${name}#${this.workers.length}`;
    const worker = new Worker(label, (what) => this.steps.push(`${label}: ${what}`));
    this.workers.push(worker);
    await worker.begin(work);
    await this.advance(worker, steps);
    if (fate === "dies") worker.crash();
    return worker;
  }

  get live(): Worker[] {
    return this.workers.filter((worker) => worker.isLive);
  }

  /** One of those that wait for a turn. */
  pick(choice: number): Worker | undefined {
    const { live } = this;
    return live[choice % live.length];
  }

  async advance(worker: Worker, steps: number): Promise<void> {
    for (let taken = 0; taken < steps && worker.isLive; taken += 1) await worker.step();
  }

  note(what: string): void {
    this.steps.push(`— ${what}`);
  }

  /** Everyone dies where they stand. */
  cutPower(): void {
    for (const worker of this.live) worker.crash();
  }

  /** Lets everyone work to their end, in the order chosen. */
  async finish(order: Iterator<number>, lateness: () => Promise<void>): Promise<void> {
    for (let taken = 0; this.live.length > 0; taken += 1) {
      // Who waits for a worker that is gone gives up when its lease is over.
      if (taken === STEPS_MAX) await lateness();
      if (taken > 2 * STEPS_MAX) throw new Error(`never ends: ${this.live.map(({ name }) => name).join(", ")}`);
      await this.pick(order.next().value)?.step();
    }
  }
}

/** What the work resolved to; undefined when it failed, crashed, or goes on. */
export function resultOf(worker: { outcome: Outcome | undefined }): unknown {
  return worker.outcome && "value" in worker.outcome ? worker.outcome.value : undefined;
}

/** What the work failed with, by the code people are told. */
export function codeOf({ outcome }: { outcome: Outcome | undefined }): string | undefined {
  if (!outcome || "value" in outcome) return undefined;
  const { error } = outcome;
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
