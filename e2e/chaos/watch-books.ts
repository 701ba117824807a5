import { setTimeout as sleep } from "node:timers/promises";
import type { BooksReader } from "./books-reader";
import type { Journal } from "./journal";
import type { Use } from "./use";
import { wrongAccount, wrongSums } from "./watch-accounts";
import { UseWatch } from "./watch-use";

const LOOK_MS = 50;
/** So many of the uses that are over are looked at again each time, in turn. */
const OVER_AT_ONCE = 8;

/** Looks all the time whether what must always be true is true. */
export class BooksWatch {
  readonly #reader: BooksReader;
  readonly #journal: Journal;
  readonly #userIds: string[];
  readonly #running = new Map<Use, UseWatch>();
  readonly #over: [Use, UseWatch][] = [];
  #looks = 0;
  #place = 0;
  #isEnding = false;
  #ended: Promise<void> | undefined;

  constructor(reader: BooksReader, journal: Journal, userIds: string[]) {
    this.#reader = reader;
    this.#journal = journal;
    this.#userIds = userIds;
  }

  get looks(): number {
    return this.#looks;
  }

  add(use: Use): void {
    this.#running.set(use, new UseWatch(`${use.kind} ${use.idempotencyKey}`));
  }

  /** Every use there was. */
  get uses(): Use[] {
    return [...this.#running.keys(), ...this.#over.map(([use]) => use)];
  }

  start(): void {
    this.#ended = this.#watch();
    // Whoever ends it is told.
    this.#ended.catch(() => undefined);
  }

  /** Ends after one last look at everything. */
  async end(): Promise<void> {
    this.#isEnding = true;
    await this.#ended;
    await this.#lookAt([...this.#running, ...this.#over]);
  }

  async #watch(): Promise<void> {
    while (!this.#isEnding) {
      await this.#look();
      await sleep(LOOK_MS);
    }
  }

  async #look(): Promise<void> {
    this.#looks += 1;
    const problems = (await this.#reader.accounts(this.#userIds)).flatMap(wrongAccount);
    const next = this.#userIds[this.#looks % this.#userIds.length];
    if (next) problems.push(...(await wrongSums(this.#reader, next)));
    for (const problem of problems) this.#journal.violate(problem);
    await this.#lookAt([...this.#running, ...this.#someOver()]);
    for (const [use, watch] of this.#running) {
      if (!watch.isOver) continue;
      this.#running.delete(use);
      this.#over.push([use, watch]);
    }
  }

  #someOver(): [Use, UseWatch][] {
    this.#place = this.#place >= this.#over.length ? 0 : this.#place;
    const some = this.#over.slice(this.#place, this.#place + OVER_AT_ONCE);
    this.#place += OVER_AT_ONCE;
    return some;
  }

  async #lookAt(watched: [Use, UseWatch][]): Promise<void> {
    const targets = (kind: Use["kind"]) => watched.filter(([use]) => use.kind === kind).map(([use]) => use.targetId);
    // Operations last: what is shown as delivered must have been decided before.
    const [messages, generations] = await Promise.all([
      this.#reader.messages(targets("chat")),
      this.#reader.generations(targets("image")),
    ]);
    const operations = await this.#reader.operations(watched.map(([use]) => use.operationId));
    const [message, generation, operation] = [byId(messages), byId(generations), byId(operations)];
    for (const [{ targetId, operationId }, watch] of watched) {
      const look = {
        message: message.get(targetId),
        generation: generation.get(targetId),
        operation: operation.get(operationId),
      };
      for (const problem of watch.see(look)) this.#journal.violate(problem);
    }
  }
}

const byId = <T extends { _id: string }>(documents: T[]) =>
  new Map(documents.map((document) => [document._id, document]));
