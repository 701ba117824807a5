import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { inProject } from "./project.mjs";
import { run, stopRuns } from "./run.mjs";
import { ensureTestTools } from "./test-tools.mjs";

/**
 * One run of everything failing at once, against the built app. Resolves to the exit code: 0 when no promise was broken.
 * @param {string[]} argv `--minutes` and `--seed`
 */
export async function chaos(argv) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stopRuns("SIGINT"));
  await ensureInstalled();
  await ensureTestTools({ browser: false });
  await ensureBuilt();
  return runChaos(argv);
}

/** The same with everything it needs in place. */
export function runChaos(argv) {
  return run(process.execPath, ["--import", "tsx", inProject("e2e", "chaos", "main.ts"), ...argv]);
}
