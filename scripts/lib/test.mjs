import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./build.mjs";
import { runChaos } from "./chaos.mjs";
import { ensureInstalled } from "./install.mjs";
import { inProject, PlainError } from "./project.mjs";
import { run, stopRuns } from "./run.mjs";
import { countTests, readPlaywright, readVitest } from "./test-counts.mjs";
import { ensureTestTools } from "./test-tools.mjs";

const vitest = inProject("node_modules", "vitest", "vitest.mjs");
const playwright = inProject("node_modules", "@playwright", "test", "cli.js");

/** What `npm test` runs; `--full` adds scale, long model runs and a run of `npm run chaos`. */
const PROJECTS = ["unit", "services", "contract"];

/**
 * Runs the tests and ends with one line that sums them up. Resolves to the exit code.
 * @param {{ full: boolean }} options with what takes minutes too
 */
export async function test({ full }) {
  const interrupted = stopOnSignals();
  const reports = mkdtempSync(join(tmpdir(), "inkwell-tests-"));
  try {
    await ensureInstalled();
    await ensureTestTools();
    const counts = [await runVitest(join(reports, "vitest.json"), full)];
    interrupted.throwIfAborted();
    counts.push(await runJourneys(join(reports, "playwright.json"), full));
    interrupted.throwIfAborted();
    if (full) counts.push(await countChaos());
    interrupted.throwIfAborted();
    return report(counts);
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

/** Unit, service and contract tests in one run, so that their files share the cores evenly. */
async function runVitest(file, full) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const projects = [...PROJECTS, ...(full ? ["full"] : [])].map((name) => `--project=${name}`);
  const env = { ...process.env, ...(full && { MODEL_RUNS: process.env.MODEL_RUNS ?? "5000" }) };
  const code = await run(process.execPath, [vitest, "run", ...projects, ...reporters], { env });
  return countTests(file, code, readVitest);
}

/** The journeys, through the built app. Without a build there are none: that is one failure. */
async function runJourneys(file, full) {
  try {
    await ensureBuilt();
  } catch (error) {
    if (!(error instanceof PlainError)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file, ...(full && { FULL_TESTS: "1" }) };
  const code = await run(process.execPath, [playwright, "test", "--reporter=list,json"], { env });
  return countTests(file, code, readPlaywright);
}

/** Everything failing at once, as one test. Five minutes are enough to see memory grow. */
async function countChaos() {
  const code = await runChaos(["--minutes", process.env.CHAOS_MINUTES ?? "5", "--seed", process.env.CHAOS_SEED ?? "1"]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function report(counts) {
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** Both runners end in good order on SIGINT; Playwright then also ends the app it started. */
function stopOnSignals() {
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      stopRuns("SIGINT");
      interrupted.abort(new PlainError("Stopped before all tests had run."));
    });
  }
  return interrupted.signal;
}
