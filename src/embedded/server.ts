import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { Catalog } from "./catalog";
import { serveConnection } from "./connection";
import { Cursors } from "./cursors";
import { lockDirectory } from "./directory-lock";
import { removeExpired } from "./expiry";
import { Storage } from "./storage";

export interface EmbeddedStoreOptions {
  /** Where the data is kept; made if it is not there. */
  dir: string;
  /** 0, the default, takes any free port. */
  port?: number;
  host?: string;
  /** How often documents are looked for whose time is over. */
  expiryIntervalMs?: number;
  /** Told when a commit failed. Nothing more can be written; the process should end. */
  onFailure?: (cause: Error) => void;
}

export interface EmbeddedStore {
  uri: string;
  port: number;
  close(): Promise<void>;
}

const EXPIRY_INTERVAL_MS = 60_000;
const CURSOR_CHECK_MS = 60_000;

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function every(milliseconds: number, task: () => void): NodeJS.Timeout {
  const timer = setInterval(task, milliseconds);
  // the timers alone must not keep a process alive
  timer.unref();
  return timer;
}

/** What expired is removed at the next turn instead; a commit that failed has been told to onFailure as well. */
function reportPutOff(cause: unknown): void {
  console.error("embedded store: expiry put off:", cause instanceof Error ? cause.message : cause);
}

/** Opens the data and returns what serves it and what closes it. */
function openStore({ dir, expiryIntervalMs = EXPIRY_INTERVAL_MS, onFailure }: EmbeddedStoreOptions) {
  const reportFailure = onFailure ?? ((cause: Error) => console.error("embedded store:", cause.message));
  const storage = new Storage(join(dir, "data.mdb"), reportFailure);
  const catalog = new Catalog(storage);
  const cursors = new Cursors();
  const timers = [
    every(CURSOR_CHECK_MS, () => cursors.dropIdle()),
    every(expiryIntervalMs, () => void removeExpired(catalog).catch(reportPutOff)),
  ];
  return {
    catalog,
    cursors,
    async close() {
      for (const timer of timers) clearInterval(timer);
      await storage.close();
    },
  };
}

type OpenStore = ReturnType<typeof openStore>;

/**
 * Starts a store over a directory and listens for MongoDB drivers.
 *
 * The port is taken first, because the lock on the directory names it; clients that come in between wait.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const { dir, port = 0, host = "127.0.0.1" } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const storeId = randomUUID();
  const sockets = new Set<Socket>();
  let announce: (store: OpenStore | undefined) => void = () => undefined;
  const opened = new Promise<OpenStore | undefined>((resolve) => {
    announce = resolve;
  });
  let connections = 0;

  const server = createServer({ noDelay: true }, async (socket) => {
    const connectionId = ++connections;
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    const store = await opened;
    if (!store) socket.destroy();
    else serveConnection(socket, { ...store, storeId, connectionId });
  });
  const stopListening = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };

  const actualPort = await listen(server, port, host);
  try {
    const unlock = await lockDirectory(dir, { host, port: actualPort, storeId });
    const store = openStore(options);
    announce(store);
    let closing: Promise<void> | undefined;
    const close = async () => {
      await stopListening();
      await store.close();
      unlock();
    };
    return {
      uri: `mongodb://${host}:${actualPort}`,
      port: actualPort,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (cause) {
    announce(undefined);
    await stopListening();
    throw cause;
  }
}
