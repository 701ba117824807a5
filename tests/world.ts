import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedStore } from "../src/embedded";
import { type Sandbox, startSandbox } from "../src/sandbox";

/** What a file of service tests runs against: its own database, its own providers, its own deadlines. */
export interface World {
  mongoUri: string;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/**
 * Brings up a database and the sandbox. With MONGODB_URI set, that server is used instead of the embedded store, under
 * a database name of the file's own.
 */
export async function createWorld(): Promise<World> {
  const directory = await mkdtemp(path.join(tmpdir(), "inkwell-test-"));
  const given = process.env.MONGODB_URI;
  const store = given ? undefined : await startEmbeddedStore({ dir: path.join(directory, "store") });
  const sandbox = await startSandbox({
    dir: path.join(directory, "sandbox"),
    pace: { msPerToken: 1, firstTokenMs: 1, imageMs: 60 },
  });
  return {
    mongoUri: withDatabase(given ?? store?.uri ?? "", `inkwell_${path.basename(directory).replace(/\W/g, "_")}`),
    sandbox,
    async close() {
      await sandbox.close();
      await store?.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.href;
}
