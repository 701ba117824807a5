import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { isFree } from "./ports.mjs";
import { inProject, readIfPresent } from "./project.mjs";
import { run } from "./run.mjs";
import { completeEnvironment, readSettings } from "./settings.mjs";
import { storeService } from "./stack.mjs";

const HEALTH_MS = 2_000;
const CLOSE_MS = 5_000;

/**
 * Proves the books of this instance, whether it runs or not. Resolves to the exit code: 0 when everything adds up.
 * @returns {Promise<number>}
 */
export async function reconcile() {
  await ensureInstalled();
  const settings = readSettings({ dev: false });
  const environment = { ...completeEnvironment(settings), LOG_LEVEL: "silent" };
  // Without its stand-in there is no PayPal to ask; the rest of the books can be proved all the same.
  if (settings.sandbox && !(await isHealthy(environment.SANDBOX_URL))) delete environment.SANDBOX_URL;
  const store = settings.embedded ? await openStore(settings.directory, environment) : undefined;
  if (store) environment.MONGODB_URI = new URL("/inkwell", store.address).href;
  try {
    const books = inProject("scripts", "lib", "reconcile-books.ts");
    return await run(process.execPath, ["--import", "tsx", books], { env: environment });
  } finally {
    await store?.close();
  }
}

/** The embedded store: the one that runs, or one of our own for as long as we read. */
async function openStore(dataDirectory, environment) {
  const directory = join(dataDirectory, "store");
  const lock = readIfPresent(join(directory, "embedded.lock"));
  const { host, port } = lock ? JSON.parse(lock) : {};
  if (port && !(await isFree(port, host))) return { address: `mongodb://${host}:${port}`, close: async () => {} };
  const store = storeService({ directory, environment, say: () => {} });
  await store.start();
  return { address: store.address, close: () => store.stop(CLOSE_MS) };
}

async function isHealthy(sandboxUrl) {
  try {
    return (await fetch(`${sandboxUrl}/__health`, { signal: AbortSignal.timeout(HEALTH_MS) })).ok;
  } catch {
    return false;
  }
}
