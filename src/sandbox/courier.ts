import { setTimeout as wait } from "node:timers/promises";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 300_000;
const ANSWER_WITHIN_MS = 30_000;

export interface Parcel {
  /** Asked for at every try. */
  address(): string | undefined;
  body: string;
  /** Asked for once: a further try repeats the first, headers included. */
  headers(): Promise<Record<string, string>>;
  /** The receiver answered 2xx. */
  accepted(): void;
}

/** Brings parcels to their addresses, again and again with growing pauses until they are accepted. */
export class Courier {
  private stop = new AbortController();
  private readonly firstTries = new Set<Promise<void>>();

  /** After so many tries it gives up. */
  constructor(private readonly maxTries: number) {}

  /** Resolves after the first try, whatever came of it; never rejects. */
  send(parcel: Parcel, { delayMs = 0, after }: { delayMs?: number; after?: Promise<void> } = {}): Promise<void> {
    const { signal } = this.stop;
    const tried = this.deliver(parcel, signal, delayMs, after)
      .catch((error: unknown) => {
        if (!signal.aborted) console.error("sandbox: a webhook could not be sent:", error);
      })
      .finally(() => this.firstTries.delete(tried));
    this.firstTries.add(tried);
    return tried;
  }

  /** Resolves when everything on its way was tried once; later tries are not waited for. */
  async settled(): Promise<void> {
    while (this.firstTries.size > 0) await Promise.all(this.firstTries);
  }

  /** Drops everything that is on its way. */
  forget(): void {
    this.stop.abort();
    this.stop = new AbortController();
  }

  private async deliver(parcel: Parcel, signal: AbortSignal, delayMs: number, after?: Promise<void>): Promise<void> {
    await after;
    if (delayMs > 0) await wait(delayMs, undefined, { signal, ref: false });
    const headers = await parcel.headers();
    if (!(await this.post(parcel, headers, signal))) void this.tryAgain(parcel, headers, signal);
  }

  private async tryAgain(parcel: Parcel, headers: Record<string, string>, signal: AbortSignal): Promise<void> {
    for (let tries = 1; tries < this.maxTries && !signal.aborted; tries += 1) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
      // An abort ends the pause, and the loop with it.
      await wait(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
      if (await this.post(parcel, headers, signal)) return;
    }
  }

  /** True when the receiver took it. */
  private async post(parcel: Parcel, headers: Record<string, string>, signal: AbortSignal): Promise<boolean> {
    const url = parcel.address();
    if (!url || signal.aborted) return false;
    // A timeout in AbortSignal.any that nobody else holds is collected as garbage up to Node 22, and never strikes.
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), ANSWER_WITHIN_MS).unref();
    try {
      const answer = await fetch(url, {
        method: "POST",
        headers,
        body: parcel.body,
        redirect: "manual",
        signal: AbortSignal.any([signal, late.signal]),
      });
      await answer.body?.cancel();
      if (answer.ok) parcel.accepted();
      return answer.ok;
    } catch {
      // Nobody there, or too slow: like any refusal, a reason to come again.
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
