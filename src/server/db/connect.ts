import { models } from "@models";
import mongoose from "mongoose";
import { env } from "@/env";
import { processState } from "@/server/lib/process-state";
import { settleWithin } from "@/server/lib/settle-within";

/** A load balancer that has to wait for longer sends people here in vain. */
const PING_MS = 2_000;

const state = processState<{ ready: Promise<void> | undefined; indexed: boolean }>("db", () => ({
  ready: undefined,
  indexed: false,
}));

/**
 * Connects once for the process and builds the indexes. Acknowledged means journaled by a majority, and reads come
 * from the primary, whatever the address says: balances must never be read stale.
 * @throws MongoServerSelectionError when no server answers within 5 s; the next call tries again.
 */
export function connectDatabase(): Promise<void> {
  state.ready ??= connect().catch((error: unknown) => {
    state.ready = undefined;
    throw error;
  });
  return state.ready;
}

async function connect(): Promise<void> {
  await openDatabase();
  await Promise.all(models.map((model) => model.createIndexes()));
  state.indexed = true;
}

/** Only connects, for whoever wants to see which indexes there are. @throws as `connectDatabase` does. */
export async function openDatabase(): Promise<void> {
  mongoose.set("strictQuery", "throw");
  await mongoose.connect(env.MONGODB_URI, {
    dbName: new URL(env.MONGODB_URI).pathname.slice(1) || "inkwell",
    writeConcern: { w: "majority", journal: true },
    readPreference: "primary",
    // A field that is not there is left out, also where a document is written as it is.
    ignoreUndefined: true,
    serverSelectionTimeoutMS: 5_000,
    // A database that hangs must not gather a crowd: neither of those who wait for a connection, nor for an answer.
    waitQueueTimeoutMS: 5_000,
    connectTimeoutMS: 5_000,
    socketTimeoutMS: env.DATABASE_TIMEOUT_MS,
    // How often the driver looks whether it is there: who waits for a server that has gone silent is told so
    // after this and the time to connect.
    heartbeatFrequencyMS: 3_000,
    autoIndex: false,
    // Building their indexes makes them.
    autoCreate: false,
  });
}

/** True when the database answers and every index is built. */
export async function isDatabaseReady(): Promise<boolean> {
  if (!state.indexed || !mongoose.connection.db) return false;
  try {
    // The driver's own limit does not count the time until it has noticed that a connection is dead.
    await settleWithin(PING_MS, mongoose.connection.db.command({ ping: 1 }, { timeoutMS: PING_MS }));
    return true;
  } catch {
    return false;
  }
}
