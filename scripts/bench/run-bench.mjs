import { cpus } from "node:os";
import { ensureBuilt } from "../lib/build.mjs";
import { ensureInstalled } from "../lib/install.mjs";
import { inProject } from "../lib/project.mjs";
import { stopRuns } from "../lib/run.mjs";
import { ensureFloorAppBuilt } from "./lib/floor-app.mjs";
import { printFinding, printVerdicts, writeResults } from "./lib/report.mjs";
import { Rig } from "./lib/rig.mjs";
import { readOptions, usage } from "./options.mjs";

const resultsFolder = inProject("bench-results");

/**
 * Runs the scenarios that were asked for, prints what they found and writes it down.
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code: 0 however fast or slow it was, 1 when something was wrong
 */
export async function bench(argv) {
  const options = readOptions(argv);
  if (options.help) {
    console.log(usage());
    return 0;
  }
  await ensureInstalled();
  await ensureBuilt();
  await ensureFloorAppBuilt();

  const rig = new Rig({ options, resultsFolder, say: (message) => console.log(message) });
  const ending = endOnSignals(rig);
  const findings = [];
  try {
    await rig.start();
    const machine = describeMachine(rig);
    console.log(machine.join("\n"));
    for (const { name, about, run } of options.chosen) {
      console.log(`\n${name} …`);
      const finding = { name, about, ...(await run(rig)) };
      findings.push(finding);
      printFinding(finding);
      const at = new Date().toISOString();
      writeResults(resultsFolder, { at, machine, options: saidOf(options), findings, skipped: rig.skipped });
    }
  } finally {
    await ending.end();
  }
  printVerdicts(findings);
  console.log("\nWritten to bench-results/latest.json and latest.md");
  return findings.some(({ faults = [] }) => faults.length > 0) ? 1 : 0;
}

/** Ends what was started, once: at the end, or when told to. */
function endOnSignals(rig) {
  let ended;
  const end = () => {
    ended ??= rig.end();
    return ended;
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      stopRuns("SIGTERM");
      void end().finally(() => process.exit(1));
    });
  }
  return { end };
}

const saidOf = ({ chosen, ...options }) => ({ ...options, only: chosen.map(({ name }) => name) });

function describeMachine({ redis }) {
  const [{ model }] = cpus();
  const database = process.env.MONGODB_URI ? "the one MONGODB_URI names" : "the embedded store";
  return [
    `${cpus().length} × ${model.trim()}, Node ${process.versions.node}`,
    `Database: ${database}. Redis: ${redis ? "redis-server" : "none; in memory instead"}.`,
    "Core 0: client, upstream, database and Redis. Core 1: what is measured.",
  ];
}
