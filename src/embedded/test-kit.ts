import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mongoose, { type Connection } from "mongoose";
import { onTestFinished } from "vitest";
import { type EmbeddedStore, type EmbeddedStoreOptions, startEmbeddedStore } from "./index";

/** A directory that is gone when the test is over. */
export async function temporaryDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "embedded-store-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Connects Mongoose, as the app does, until the test is over. */
export async function connect(uri: string, options: mongoose.ConnectOptions = {}): Promise<Connection> {
  const connection = await mongoose.createConnection(`${uri}/app`, options).asPromise();
  onTestFinished(() => connection.close(true));
  return connection;
}

/** A store of its own for one test, and a connection to it. */
export async function freshStore(
  options: Partial<EmbeddedStoreOptions> = {},
): Promise<{ store: EmbeddedStore; dir: string; db: Connection }> {
  const dir = options.dir ?? (await temporaryDirectory());
  const store = await startEmbeddedStore({ dir, ...options });
  onTestFinished(() => store.close());
  return { store, dir, db: await connect(store.uri, { maxPoolSize: 32 }) };
}

/** A small seeded generator, so that a failing round can be run again. */
export function randomSource(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    pick<T>(values: readonly T[]): T {
      return values[below(values.length)] as T;
    },
  };
}
