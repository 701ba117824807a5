import { open, type RootDatabase } from "lmdb";
import { StoreError } from "./errors";

interface Entry {
  key: Buffer;
  value: Buffer;
}

interface Job {
  run: () => void;
  settle: () => void;
  fail: (cause: unknown) => void;
}

const MAX_BATCH = 512;

/**
 * The durable, ordered bytes under everything: one LMDB file, one writer.
 *
 * Writes that arrive while a commit is on its way to disk share the next transaction, so many clients cost one fsync.
 */
export class Storage {
  private readonly db: RootDatabase<Buffer, Buffer>;
  private queue: Job[] = [];
  private draining: Promise<void> | undefined;
  private inTransaction = false;
  private failure: Error | undefined;

  /** `onFailure` is told of a failed commit, after which the file may only be read by a fresh process. */
  constructor(
    path: string,
    private readonly onFailure: (cause: Error) => void,
  ) {
    this.db = open<Buffer, Buffer>({
      path,
      noSubdir: true,
      encoding: "binary",
      keyEncoding: "binary",
      // with overlapping syncs a transaction would resolve before it is on disk
      overlappingSync: false,
    });
  }

  /**
   * Runs `change` in the next transaction and resolves once that is on disk. The change runs alone and to its end, so
   * it may read, decide and write without anything coming in between. It must not throw after its first write.
   */
  write<T>(change: () => T): Promise<T> {
    if (this.failure) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => {
      let outcome: () => void = () => reject(new StoreError(8, "the change did not run"));
      this.queue.push({
        run() {
          try {
            const result = change();
            outcome = () => resolve(result);
          } catch (cause) {
            outcome = () => reject(cause);
          }
        },
        settle: () => outcome(),
        fail: reject,
      });
      this.draining ??= this.drain();
    });
  }

  private async drain(): Promise<void> {
    // one turn of the event loop lets every connection that is ready join the batch
    await new Promise((resolve) => setImmediate(resolve));
    while (this.queue.length > 0) {
      const batch = this.queue.splice(0, MAX_BATCH);
      try {
        await this.db.transaction(() => {
          this.inTransaction = true;
          for (const job of batch) job.run();
          this.inTransaction = false;
        });
      } catch (cause) {
        this.fail(cause instanceof Error ? cause : new Error(String(cause)), batch);
        break;
      }
      for (const job of batch) job.settle();
    }
    this.draining = undefined;
  }

  private fail(cause: Error, batch: Job[]): void {
    this.failure = new StoreError(8, `the store could not write to its disk: ${cause.message}`);
    for (const job of [...batch, ...this.queue]) job.fail(this.failure);
    this.queue = [];
    this.onFailure(this.failure);
  }

  get(key: Buffer): Buffer | undefined {
    return this.db.get(key);
  }

  has(key: Buffer): boolean {
    return this.db.doesExist(key);
  }

  put(key: Buffer, value: Buffer): void {
    this.mustBeWriting();
    void this.db.put(key, value);
  }

  remove(key: Buffer): void {
    this.mustBeWriting();
    void this.db.remove(key);
  }

  private mustBeWriting(): void {
    if (!this.inTransaction) throw new Error("the store is written to outside of a transaction");
  }

  /**
   * The entries from `start` up to but without `end`. It seeks anew for each chunk, so the caller may pause between
   * entries and let writes pass.
   */
  *range(start: Buffer, end: Buffer, reverse = false): Generator<Entry> {
    let limit = 16;
    let from = reverse ? end : start;
    let first = true;
    while (true) {
      const options = reverse
        ? { start: from, end: start, reverse, limit, exclusiveStart: true, inclusiveEnd: true }
        : { start: from, end, limit, exclusiveStart: !first };
      const chunk = [...this.db.getRange(options)];
      yield* chunk;
      const last = chunk.at(-1);
      if (!last || chunk.length < limit) return;
      from = last.key;
      first = false;
      limit = Math.min(limit * 4, 256);
    }
  }

  /** The first entry of a range. */
  first(start: Buffer, end: Buffer): Entry | undefined {
    for (const entry of this.db.getRange({ start, end, limit: 1 })) return entry;
    return undefined;
  }

  /** How many keys a range holds, counting no further than `limit`. */
  countKeys(start: Buffer, end: Buffer, limit?: number): number {
    if (limit === undefined) return this.db.getKeysCount({ start, end });
    let count = 0;
    for (const _key of this.db.getKeys({ start, end, limit })) count++;
    return count;
  }

  /** Waits for the writes under way, then closes the file. */
  async close(): Promise<void> {
    while (this.draining) await this.draining;
    this.failure ??= new StoreError(91, "the store is closed");
    await this.db.close();
  }
}
