/** A promise that was seen broken. */
export interface Violation {
  /** Seconds since the start. */
  at: number;
  what: string;
  /** The faults there were just then, or shortly before. */
  during: string[];
  /** How often it was seen. */
  times: number;
}

interface FaultEntry {
  name: string;
  from: number;
  until?: number;
}

/** How long after its end a fault may still be the reason for something. */
const AFTERMATH_MS = 10_000;

/** Everything a run did and saw. */
export class Journal {
  readonly #startedAt = Date.now();
  readonly #acts = new Map<string, Map<string, number>>();
  readonly #faults: FaultEntry[] = [];
  readonly #violations = new Map<string, Violation>();

  /** Notes how something a user did ended. */
  count(act: string, outcome: string): void {
    const outcomes = this.#acts.get(act) ?? new Map<string, number>();
    this.#acts.set(act, outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1));
  }

  /** Notes that a fault begins. The returned function notes its end. */
  begin(name: string): () => void {
    const fault: FaultEntry = { name, from: Date.now() };
    this.#faults.push(fault);
    return () => {
      fault.until = Date.now();
    };
  }

  /** Notes a broken promise; the same one again only counts. */
  violate(what: string): void {
    const known = this.#violations.get(what);
    if (known) {
      known.times += 1;
      return;
    }
    const violation = { at: this.seconds, what, during: this.#recentFaults(), times: 1 };
    this.#violations.set(what, violation);
    console.log(describeViolation(violation));
  }

  /** Seconds since the start. */
  get seconds(): number {
    return (Date.now() - this.#startedAt) / 1_000;
  }

  get acts(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#acts;
  }

  /** How often each fault struck. */
  get faults(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { name } of this.#faults) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  }

  get violations(): Violation[] {
    return [...this.#violations.values()];
  }

  #recentFaults(): string[] {
    const now = Date.now();
    return this.#faults
      .filter(({ until = now }) => until + AFTERMATH_MS >= now)
      .map(({ name, from, until }) => {
        const since = ((now - from) / 1_000).toFixed(1);
        return until
          ? `${name} (${since} s to ${((now - until) / 1_000).toFixed(1)} s before)`
          : `${name} (for ${since} s)`;
      });
  }
}

/** A violation in one or two lines. */
export function describeViolation({ at, what, during, times }: Violation): string {
  const often = times > 1 ? ` [${times} times]` : "";
  return `  ${at.toFixed(1).padStart(6)} s  ${what}${often}\n            during: ${during.join("; ") || "no fault"}`;
}
