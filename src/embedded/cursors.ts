import { Long } from "bson";
import { StoreError } from "./errors";
import { cursorReply } from "./wire-protocol";

/** Encoded documents; undefined where others may run before the next one is looked for. */
type Rows = Iterator<Buffer | undefined> | AsyncIterator<Buffer | undefined>;

interface Cursor {
  id: Long;
  namespace: string;
  rows: Rows;
  /** A row that was read but did not fit into the last batch. */
  held?: Buffer;
  lastUsed: number;
}

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60_000;
const NO_CURSOR = Long.ZERO;

const randomId = () =>
  Long.fromBits(Math.trunc(Math.random() * 2 ** 32), 1 + Math.trunc(Math.random() * (2 ** 31 - 1)));

/** The result sets that clients have not read to their end. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();

  /** Replies with the first batch, keeping the rest for `getMore`. */
  async start(namespace: string, rows: Rows, batchSize = FIRST_BATCH, single = false): Promise<Buffer> {
    const cursor: Cursor = {
      id: randomId(),
      namespace,
      rows,
      lastUsed: Date.now(),
    };
    const { batch, done } = await this.take(cursor, batchSize);
    if (done || single) await cursor.rows.return?.();
    else this.open.set(cursor.id.toString(), cursor);
    return cursorReply(batch, done || single ? NO_CURSOR : cursor.id, namespace, "firstBatch");
  }

  /** Replies with the next batch. */
  async more(id: string, namespace: string, batchSize: number): Promise<Buffer> {
    const cursor = this.open.get(id);
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new StoreError(13, `the cursor belongs to ${cursor.namespace}, not to ${namespace}`);
    }
    let taken: { batch: Buffer[]; done: boolean };
    try {
      taken = await this.take(cursor, batchSize);
    } catch (cause) {
      this.open.delete(id);
      throw cause;
    }
    if (taken.done) this.open.delete(id);
    return cursorReply(taken.batch, taken.done ? NO_CURSOR : cursor.id, namespace, "nextBatch");
  }

  /** Forgets a cursor; false if there was none. */
  kill(id: string): boolean {
    const cursor = this.open.get(id);
    void cursor?.rows.return?.();
    return this.open.delete(id);
  }

  /** Forgets the cursors nobody has asked for in ten minutes. */
  dropIdle(now = Date.now()): void {
    for (const [id, { lastUsed }] of this.open) if (lastUsed < now - IDLE_MS) this.kill(id);
  }

  private async take(cursor: Cursor, batchSize: number): Promise<{ batch: Buffer[]; done: boolean }> {
    const batch: Buffer[] = [];
    let bytes = 0;
    cursor.lastUsed = Date.now();
    while (true) {
      if (batchSize === 0) return { batch, done: false };
      let next = cursor.held;
      cursor.held = undefined;
      if (!next) {
        const reading = cursor.rows.next();
        const { done, value } = reading instanceof Promise ? await reading : reading;
        if (done) return { batch, done: true };
        next = value;
      }
      if (!next) {
        await new Promise((resolve) => setImmediate(resolve));
        continue;
      }
      // reading one row too many tells whether the cursor is drained
      if (batch.length >= batchSize || (batch.length > 0 && bytes + next.length > BATCH_BYTES)) {
        cursor.held = next;
        return { batch, done: false };
      }
      batch.push(next);
      bytes += next.length;
    }
  }
}
