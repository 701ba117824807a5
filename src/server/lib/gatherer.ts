/** Work on what is handed in, on all of it together: so many milliseconds after the first. */
export class Gatherer<Item> {
  #waiting: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #round = Promise.resolve();

  /** @param work on all that came in meanwhile; must not reject */
  constructor(
    private readonly ms: number,
    private readonly work: (items: Item[]) => Promise<void>,
  ) {}

  add(item: Item): void {
    this.#waiting.push(item);
    this.#timer ??= setTimeout(() => void this.flush(), this.ms);
  }

  /** Works on what waits, now. Resolves once nothing is left of what was handed in before. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#round = this.#round.then(async () => {
      const items = this.#waiting.splice(0);
      if (items.length > 0) await this.work(items);
    });
    return this.#round;
  }
}
