/** Work on many things together, at intervals and one round at a time, for as long as anything takes part. */
export class Rounds<Member> {
  readonly #members = new Set<Member>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  /** @param work on all that take part at the time; must not reject */
  constructor(
    private readonly ms: number,
    private readonly work: (members: Member[]) => Promise<void>,
  ) {}

  /**
   * Takes part from the next round on.
   * @returns what ends that: it resolves once no round works on `member` any more
   */
  join(member: Member): () => Promise<void> {
    this.#members.add(member);
    this.#timer ??= setInterval(this.#begin, this.ms);
    return async () => {
      this.#members.delete(member);
      if (this.#members.size === 0) {
        clearInterval(this.#timer);
        this.#timer = undefined;
      }
      await this.#round;
    };
  }

  readonly #begin = () => {
    this.#round ??= this.work([...this.#members]).finally(() => {
      this.#round = undefined;
    });
  };
}
