import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { encode } from "./bson-values";
import { frameReply, MessageSplitter, parseRequest } from "./wire-protocol";

const LOCK_FILE = "embedded.lock";
const ANSWER_MS = 2000;
const ATTEMPTS = 5;

/** Who serves a directory, and where it can be asked. */
interface Holder {
  pid: number;
  host: string;
  port: number;
  storeId: string;
}

/** The data directory is served by another living store. */
export class DirectoryLockedError extends Error {
  readonly code = "ELOCKED";

  constructor(directory: string, { pid, host, port }: Holder) {
    super(`The data directory ${directory} is already served by process ${pid} at mongodb://${host}:${port}.`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // a process of another user is alive too
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readHolder(file: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause;
  }
  const none = { pid: 0, host: "", port: 0, storeId: "" };
  try {
    return { ...none, ...(JSON.parse(text) as Partial<Holder>) };
  } catch {
    return none;
  }
}

/**
 * Asks an address which store it is. "silent" is someone who takes the connection and does not answer in time: that
 * may well be the holder, busy.
 */
function askStoreId({ host, port }: Holder): Promise<string | "silent" | undefined> {
  return new Promise((resolve) => {
    const splitter = new MessageSplitter();
    const socket = createConnection({ host, port });
    let connected = false;
    const finish = (answer: string | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(connected ? "silent" : undefined), ANSWER_MS);
    socket.on("connect", () => {
      connected = true;
      socket.write(frameReply(encode({ hello: 1, $db: "admin" }), { id: 0, legacy: false }));
    });
    socket.on("error", () => finish(undefined));
    socket.on("close", () => finish(undefined));
    socket.on("data", (chunk) => {
      try {
        splitter.push(chunk);
        const message = splitter.next();
        if (!message) return;
        const { command } = parseRequest(message);
        finish(typeof command.embeddedStoreId === "string" ? command.embeddedStoreId : undefined);
      } catch {
        finish(undefined);
      }
    });
  });
}

/** True unless the holder is certainly gone. A living process with its number is not enough: numbers are reused. */
async function isServing(holder: Holder): Promise<boolean> {
  if (!holder.pid || !holder.port || !isAlive(holder.pid)) return false;
  const answer = await askStoreId(holder);
  return answer === "silent" || answer === holder.storeId;
}

/** Moves a lock aside that nobody holds, unless someone replaced it meanwhile. */
function removeStale(file: string, holder: Holder, storeId: string): void {
  const aside = `${file}.${storeId}`;
  try {
    renameSync(file, aside);
    if (readHolder(aside)?.storeId !== holder.storeId) linkSync(aside, file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EEXIST") throw cause;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Takes a directory for one store, or throws `DirectoryLockedError`. Returns what gives it back. */
export async function lockDirectory(directory: string, own: Omit<Holder, "pid">): Promise<() => void> {
  const file = join(directory, LOCK_FILE);
  const draft = `${file}.${own.storeId}.new`;
  writeFileSync(draft, JSON.stringify({ pid: process.pid, ...own }));
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        // a link appears whole or not at all, and never over another
        linkSync(draft, file);
        break;
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "EEXIST" || attempt >= ATTEMPTS) throw cause;
      }
      const holder = readHolder(file);
      if (!holder) continue;
      if (await isServing(holder)) throw new DirectoryLockedError(directory, holder);
      removeStale(file, holder, own.storeId);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (readHolder(file)?.storeId === own.storeId) rmSync(file, { force: true });
  };
}
