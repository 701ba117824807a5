import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { freePort } from "../../lib/ports.mjs";

/** A Redis of the run's own with nothing kept on disk; undefined when there is no redis-server, and apps do without. */
export async function startRedis() {
  const port = await freePort();
  const child = spawn(
    "redis-server",
    ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  try {
    await once(child, "spawn");
  } catch {
    return undefined;
  }
  for await (const line of createInterface({ input: child.stdout })) if (line.includes("Ready to accept")) break;
  child.stdout.resume();
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return { address: `redis://127.0.0.1:${port}`, pid: child.pid, stop };
}
