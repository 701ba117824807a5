import { parseArgs } from "node:util";
import { DirectoryLockedError, startEmbeddedStore } from "./index";

const DEFAULT_DIR = ".data/mongo";
const PARENT_CHECK_MS = 1000;
const EXIT = { failed: 1, diskFailed: 74, locked: 75 } as const;

function readSettings() {
  const { values } = parseArgs({ options: { dir: { type: "string" }, port: { type: "string" } } });
  const port = Number(values.port ?? process.env.EMBEDDED_PORT ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error("EMBEDDED_PORT or --port must be a whole number from 0 to 65535.");
  }
  return {
    dir: values.dir ?? process.env.EMBEDDED_DIR ?? DEFAULT_DIR,
    port,
    parentPid: Number(process.env.EMBEDDED_PARENT_PID ?? 0),
  };
}

/** Calls back when the process that started this one is gone, so that `kill -9` of it leaves nothing behind. */
function watchParent(pid: number, onGone: () => void): void {
  const timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      clearInterval(timer);
      onGone();
    }
  }, PARENT_CHECK_MS);
}

function explainFailure(cause: unknown): { message: string; code: number } {
  if (cause instanceof DirectoryLockedError) return { message: cause.message, code: EXIT.locked };
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    return { message: `The port of the embedded store is taken: ${message}. Set EMBEDDED_PORT.`, code: EXIT.failed };
  }
  return { message: `The embedded store could not start: ${message}`, code: EXIT.failed };
}

async function main(): Promise<void> {
  const { parentPid, ...settings } = readSettings();
  const store = await startEmbeddedStore({
    ...settings,
    onFailure(cause) {
      // replies that tell the clients are on their way; what is on disk is the last good commit
      console.error(cause.message);
      setTimeout(() => process.exit(EXIT.diskFailed), 50);
    },
  });
  const stop = () => void store.close().finally(() => process.exit(0));
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (parentPid > 0) watchParent(parentPid, stop);
  console.log(`embedded store ready ${store.uri}`);
}

main().catch((cause: unknown) => {
  const { message, code } = explainFailure(cause);
  console.error(message);
  process.exit(code);
});
