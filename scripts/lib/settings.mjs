import { resolve } from "node:path";
import { ensureDataDirectory, keptSecret } from "./data-directory.mjs";
import { portFrom, readEnvironment } from "./environment.mjs";
import { isFree } from "./ports.mjs";
import { PlainError, root } from "./project.mjs";
import { sandboxed } from "./providers.mjs";

/** What `up` is to start and where, from the environment and its files. */
export function readSettings({ dev }) {
  const environment = readEnvironment(dev ? "development" : "production");
  const port = portFrom(environment, "PORT", 3000);
  return {
    dev,
    environment,
    port,
    host: environment.HOST || "127.0.0.1",
    address: environment.NEXTAUTH_URL || `http://localhost:${port}`,
    directory: resolve(root, environment.DATA_DIR || ".data"),
    embedded: !environment.MONGODB_URI?.trim(),
    // One sandbox stands in for everything that has no key.
    sandbox: !environment.SANDBOX_URL?.trim() && sandboxed(environment).length > 0,
    sandboxPort: portFrom(environment, "SANDBOX_PORT", port + 1),
  };
}

/** What the operator set, plus what can be known without asking. */
export function completeEnvironment({ environment, port, address, directory, embedded, sandbox, sandboxPort }) {
  ensureDataDirectory(directory);
  return {
    ...environment,
    PORT: String(port),
    DATA_DIR: directory,
    NEXTAUTH_URL: address,
    NEXTAUTH_SECRET: environment.NEXTAUTH_SECRET || keptSecret(directory),
    // Holds until the store has said its port: enough for the check of the environment.
    ...(embedded && { MONGODB_URI: "mongodb://127.0.0.1/inkwell" }),
    ...(sandbox && { SANDBOX_URL: `http://127.0.0.1:${sandboxPort}` }),
  };
}

/** Says which port is busy and what to set, before anything is installed or built. */
export async function requireFreePorts({ host, port, sandbox, sandboxPort }) {
  if (!(await isFree(port, host))) {
    throw new PlainError(`Port ${port} is busy. Stop what listens there, or set PORT to another port.`);
  }
  if (sandbox && !(await isFree(sandboxPort, "127.0.0.1"))) {
    throw new PlainError(
      `Port ${sandboxPort}, meant for the provider sandbox, is busy. Stop what listens there, or set SANDBOX_PORT.`,
    );
  }
}
