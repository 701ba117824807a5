const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export type Some<T> = readonly [T, ...T[]];

/** Chance that can be repeated: the same seed draws the same things in the same order. */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to but without 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  happens(share: number): boolean {
    return this.next() < share;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(items: Some<T>): T {
    return items[this.whole(0, items.length - 1)] ?? items[0];
  }

  /** How often something happens that happens so often on average. */
  times(average: number): number {
    const limit = Math.exp(-average);
    let count = 0;
    for (let product = this.next(); product > limit; product *= this.next()) count += 1;
    return count;
  }

  /** Something like `usual`, now and then a few times as much. */
  around(usual: number): number {
    const normal = this.next() + this.next() + this.next() - 1.5;
    return Math.max(1, Math.round(usual * Math.exp(normal * 0.9)));
  }

  id(length = 21): string {
    return Array.from({ length }, () => LETTERS[this.whole(0, LETTERS.length - 1)]).join("");
  }
}
