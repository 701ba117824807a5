/** Things that wait to be written. What does not fit is dropped and counted: memory must not grow while nobody writes. */
export class BoundedQueue<T> {
  #waiting: T[] = [];
  #dropped = 0;

  constructor(readonly max: number) {}

  get size(): number {
    return this.#waiting.length;
  }

  /** How many were dropped since the process began. */
  get dropped(): number {
    return this.#dropped;
  }

  add(item: T): void {
    if (this.#waiting.length >= this.max) this.drop(1);
    else this.#waiting.push(item);
  }

  /** Takes out the oldest, at most `count` of them. */
  take(count: number): T[] {
    return this.#waiting.splice(0, count);
  }

  /** Counts what was lost on its way in or out. */
  drop(count: number): void {
    this.#dropped += count;
  }
}
