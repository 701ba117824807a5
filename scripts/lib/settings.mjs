import { resolve } from "node:path";
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
