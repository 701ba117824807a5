import { policy } from "@/server/lib/policy";

/**
 * Keeps second tries a small part of all calls, so that a provider in trouble is not given more to do. A few are
 * always allowed: a quiet server has no share to speak of.
 */
export class RetryBudget {
  #calls: number[] = [];
  #retries: number[] = [];

  noteCall(now = Date.now()): void {
    this.#calls = recent(this.#calls, now);
    this.#calls.push(now);
  }

  /** Takes one second try from the budget. False when it is used up. */
  takeRetry(now = Date.now()): boolean {
    const { retryShare, retriesMin } = policy.providers;
    this.#calls = recent(this.#calls, now);
    this.#retries = recent(this.#retries, now);
    if (this.#retries.length >= Math.max(retriesMin, Math.floor(this.#calls.length * retryShare))) return false;
    this.#retries.push(now);
    return true;
  }
}

const recent = (times: number[], now: number) => times.filter((time) => time > now - policy.providers.retryWindowMs);
