/** Run with tsx by `npm run chaos`: one run, its report, and 1 as exit code when a promise was broken. */
import { parseArgs } from "node:util";
import { Journal } from "./journal";
import { medianOfThirds } from "./memory";
import { report } from "./report";
import { runChaos } from "./run-chaos";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "10" }, seed: { type: "string", default: "1" } },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error("--minutes takes a number of minutes, --seed a whole number.");
  process.exit(1);
}

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(1);
    console.log("\nStopping …");
    stopping.abort();
  });
}

const journal = new Journal();
const samples: number[] = [];
try {
  await runChaos({ minutes, seed, journal, samples, stopping: stopping.signal });
} catch (error) {
  // Who stops it from a terminal stops the apps and the sandbox too, wherever it just was.
  if (!stopping.signal.aborted) throw error;
}
console.log(`\nSeed ${seed}, ${minutes} minutes${stopping.signal.aborted ? ", stopped before the end" : ""}`);
console.log(report(journal, { thirds: medianOfThirds(samples), samples: samples.length }));
process.exit(journal.violations.length === 0 && !stopping.signal.aborted ? 0 : 1);
