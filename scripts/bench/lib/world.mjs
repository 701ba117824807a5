import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { inProject } from "../../lib/project.mjs";
import { storeService } from "../../lib/stack.mjs";
import { keptFolder } from "./kept-folder.mjs";

const STOP_MS = 10_000;
/** Raise it when what is seeded changes, so that what was kept is made anew. */
const VERSION = 1;

/** How much of everything there is. Each size lives in a database of its own, and is kept from run to run. */
export const SIZES = {
  plain: { people: 512, users: 0, conversations: 0, messages: 0, images: 0, entries: 0 },
  small: { people: 64, users: 36, conversations: 400, messages: 10, images: 100, entries: 1_000 },
  medium: { people: 64, users: 2_936, conversations: 20, messages: 1_000, images: 25_000, entries: 30_000 },
  large: { people: 64, users: 99_936, conversations: 1, messages: 100_000, images: 250_000, entries: 1_000_000 },
};

/**
 * Opens a database with data of a size, in the store that ships or where MONGODB_URI points.
 * @returns {Promise<{ database: { uri: string, pid?: number }, people: object[], subject: object }>} `subject`: the first
 *   of the people, who owns everything, and where its last pages begin
 */
export async function openWorld({ say, temporaryFolder }, name, endings) {
  const database = process.env.MONGODB_URI
    ? { uri: databaseOf(process.env.MONGODB_URI, name) }
    : await startStore(name === "plain" ? temporaryFolder() : keptFolder("data", name), endings);
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([VERSION, SIZES[name]]))
    .digest("hex")
    .slice(0, 12);
  if (name !== "plain") say(`Data of size "${name}": made once, kept for the next run …`);
  const request = JSON.stringify({ ...SIZES[name], fingerprint, fresh: name === "plain" });
  const program = inProject("scripts", "bench", "seed", "main.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program, request], {
    cwd: inProject(),
    env: seedEnvironment(database.uri),
    maxBuffer: 16 * 1_048_576,
  });
  return { database, ...JSON.parse(stdout) };
}

async function startStore(directory, endings) {
  const service = storeService({ directory, environment: process.env, say: () => {} });
  endings.push(() => service.stop(STOP_MS));
  await service.start();
  return { uri: new URL("/inkwell", service.address).href, pid: service.pid };
}

function databaseOf(uri, name) {
  const url = new URL(uri);
  url.pathname = `/inkwell-bench-${name}`;
  return url.href;
}

/** The models read the app's environment; what is not about the database only has to be well formed. */
function seedEnvironment(uri) {
  return {
    ...process.env,
    MONGODB_URI: uri,
    NEXTAUTH_URL: "http://127.0.0.1:1",
    NEXTAUTH_SECRET: "only-seeds-and-signs-nothing-at-all",
    LOG_LEVEL: "silent",
  };
}
