import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { skipN } from "pure-rand/utils/skipN";

const SKIPPED = 64;
/** Of the hash that makes a seed of a seed and a name. */
const FNV_PRIME = 0x01000193;

/** Choices that are the same for the same seed. */
export class Random {
  readonly #seed: number;
  readonly #generator: ReturnType<typeof xoroshiro128plus>;

  constructor(seed: number) {
    this.#seed = seed;
    this.#generator = xoroshiro128plus(seed);
    // Seeds that are alike begin alike.
    skipN(this.#generator, SKIPPED);
  }

  /**
   * A source of its own for whatever bears this name: what others choose meanwhile, and how often, makes no difference
   * to it.
   */
  of(name: string): Random {
    return new Random(
      [...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), FNV_PRIME), this.#seed),
    );
  }

  /** A whole number between the two, both included. */
  int(from: number, to: number): number {
    return uniformInt(this.#generator, from, to);
  }

  /** True in so many of a hundred cases. */
  inPercent(share: number): boolean {
    return this.int(0, 99) < share;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.int(0, from.length - 1)] ?? from[0];
  }

  /** One of the things, each as likely as its weight. */
  weighted<T>(from: readonly [Weighted<T>, ...Weighted<T>[]]): T {
    let left = this.int(
      1,
      from.reduce((sum, { weight }) => sum + weight, 0),
    );
    for (const { weight, what } of from) {
      left -= weight;
      if (left <= 0) return what;
    }
    return from[0].what;
  }
}

export interface Weighted<T> {
  weight: number;
  what: T;
}
