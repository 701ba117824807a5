/** Work on what is handed in, on all of it together: so many milliseconds after the first. */
export class Gatherer<Item> {
  #waiting: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #rounds = new Set<Promise<void>>();

  /**
   * @param ms 0: on each by itself, at once
   * @param work on all that came in meanwhile, whether or not the last round has ended; must not reject
   */
  constructor(
    private readonly ms: number,
    private readonly work: (items: Item[]) => Promise<void>,
  ) {}

  add(item: Item): void {
    this.#waiting.push(item);
    if (this.ms === 0) this.#begin();
    else this.#timer ??= setTimeout(this.#begin, this.ms);
  }

  /** Works on what waits, now. Resolves once nothing is left of what was handed in before. */
  async flush(): Promise<void> {
    this.#begin();
    await Promise.all(this.#rounds);
  }

  readonly #begin = () => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const round = this.work(this.#waiting.splice(0)).finally(() => this.#rounds.delete(round));
    this.#rounds.add(round);
  };
}
