import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nextCommand } from "../../lib/build.mjs";
import { freePort } from "../../lib/ports.mjs";
import { inProject, readIfPresent } from "../../lib/project.mjs";
import { runOrThrow } from "../../lib/run.mjs";
import { answers } from "../../lib/service.mjs";

const folder = inProject("scripts", "bench", "floor-app");
const stamp = join(folder, ".next", "bench-build");
const options = { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };

/** Builds the tiny Next app the floors are measured in, unless its build fits its sources. */
export async function ensureFloorAppBuilt() {
  const hash = createHash("sha256").update(readFileSync(inProject("node_modules", "next", "package.json")));
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const path = join(folder, name);
    if (!name.startsWith(".next") && statSync(path).isFile()) hash.update(name).update(readFileSync(path));
  }
  const inputs = hash.digest("hex");
  if (readIfPresent(stamp) === inputs) return;
  console.log("Building the floors' app …");
  // Turbopack would build the project's own start-up and proxy into it.
  await runOrThrow(process.execPath, [nextCommand, "build", folder, "--webpack"], {
    env: { ...process.env, ...options },
  });
  writeFileSync(stamp, inputs);
}

/** Starts it in a process of its own: each floor is measured alone. */
export async function startFloorApp({ upstream, redis, startSystem }) {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const started = await startSystem({
    name: "floors' app",
    args: [nextCommand, "start", folder, "-p", String(port), "-H", "127.0.0.1"],
    env: { ...options, UPSTREAM: upstream.address, REDIS_URL: redis?.address ?? "" },
    ready: answers(`${address}/api/noop`),
  });
  return { ...started, address };
}
