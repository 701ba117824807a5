import { join } from "node:path";
import { isFree } from "./ports.mjs";
import { readIfPresent } from "./project.mjs";
import { sandboxService, storeService } from "./stack.mjs";

const HEALTH_MS = 2_000;
const CLOSE_MS = 5_000;

/** The embedded store: the one that runs, or one of our own for as long as it is needed. */
export async function borrowStore(dataDirectory, environment) {
  const directory = join(dataDirectory, "store");
  const lock = readIfPresent(join(directory, "embedded.lock"));
  const { host, port } = lock ? JSON.parse(lock) : {};
  if (port && !(await isFree(port, host))) return { address: `mongodb://${host}:${port}`, close: async () => {} };
  const store = storeService({ directory, environment, say: () => {} });
  await store.start();
  return { address: store.address, close: () => store.stop(CLOSE_MS) };
}

/** The sandbox, in the same way. */
export async function borrowSandbox(dataDirectory, environment, port) {
  if (await answersAt(`${environment.SANDBOX_URL}/__health`)) return { close: async () => {} };
  const sandbox = sandboxService({ directory: join(dataDirectory, "sandbox"), environment, port, say: () => {} });
  await sandbox.start();
  return { close: () => sandbox.stop(CLOSE_MS) };
}

/** Whether something answers there, and well. */
export async function answersAt(address) {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(HEALTH_MS) })).ok;
  } catch {
    return false;
  }
}
