import { parseArgs, styleText } from "node:util";
import { answersAt, borrowSandbox, borrowStore } from "./borrow.mjs";
import { readEnvironment } from "./environment.mjs";
import { ensureInstalled } from "./install.mjs";
import { PlainError } from "./project.mjs";
import { completeEnvironment, readSettings } from "./settings.mjs";
import { appOrigin } from "./stack.mjs";

const usage = `npm run doctor            says what is wrong with this instance, and how to mend it; nothing when all is well
npm run doctor -- --all   also what is only worth knowing, and how much was looked at
npm run doctor -- --json  everything, for programs

It exits with 1 when something does not work, and with 0 otherwise. Inkwell may run meanwhile, or not.`;

/**
 * Examines this instance, whether it runs, does not, or cannot.
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
export async function doctor(argv) {
  const options = readOptions(argv);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  await ensureInstalled();
  // From here on the app's own code can be read, as the doctor's chair in the panel does.
  const { register } = await import("tsx/esm/api");
  register();
  const report = await examineAll(readEnvironment("production"));
  print(report, options);
  return report.findings.some(({ level }) => level === "error") ? 1 : 0;
}

function readOptions(argv) {
  try {
    const flag = { type: "boolean", default: false };
    return parseArgs({ args: argv, options: { all: flag, json: flag, help: flag } }).values;
  } catch (error) {
    throw new PlainError(`${error.message}\n\n${usage}`);
  }
}

/** With a variable that is wrong the app's own code does not even load, so these come first and alone. */
async function examineAll(environment) {
  const startedAt = performance.now();
  const { examineVariables, VARIABLES } = await import("../../src/server/services/doctor/examine-variables.ts");
  const findings = examineVariables(environment);
  if (findings.some(({ id }) => id === "env.invalid")) {
    return { findings, checks: VARIABLES, checkedAt: new Date(), ms: Math.round(performance.now() - startedAt) };
  }
  return examineInstance(readSettings({ dev: false }));
}

/** The rest: as `up` would start it, with what of it runs already. */
async function examineInstance(settings) {
  const { found } = await import("../../src/server/services/doctor/findings.ts");
  const broken = [];
  const environment = await tried(
    broken,
    () => completeEnvironment(settings),
    () =>
      found("disk.unwritable", {
        subject: "DATA_DIR",
        problem: `${settings.directory} cannot be made or written, so the app does not start.`,
        fix: `Give the user that runs Inkwell the directory ${settings.directory}, or set DATA_DIR to another.`,
      }),
  );
  if (!environment) return { findings: broken, checks: 1, checkedAt: new Date(), ms: 0 };

  const running = await answersAt(`${appOrigin({ HOST: settings.host, PORT: settings.port })}/api/health/live`);
  const store = settings.embedded
    ? await tried(
        broken,
        () => borrowStore(settings.directory, environment),
        ({ message }) =>
          found("embedded.broken", {
            subject: "DATA_DIR",
            problem: `The embedded store does not start: ${message.replace(/\s+/g, " ")}`,
            fix: `End whatever else uses ${settings.directory}/store, make room on its disk, or restore it from a backup.`,
          }),
      )
    : undefined;
  if (store) environment.MONGODB_URI = new URL("/inkwell", store.address).href;
  const sandbox = settings.sandbox
    ? await tried(
        broken,
        () => borrowSandbox(settings.directory, environment, settings.sandboxPort),
        () =>
          found("sandbox.away", {
            subject: "SANDBOX_PORT",
            problem: `The sandbox, which plays the providers without a key, does not start on port ${settings.sandboxPort}.`,
            fix: `Stop what listens on port ${settings.sandboxPort}, or set SANDBOX_PORT to another.`,
          }),
      )
    : undefined;
  try {
    // Read once, when the app's code is loaded. Nothing of what it would log is for whoever asked the doctor.
    Object.assign(process.env, environment, { LOG_LEVEL: "silent" });
    const { examine } = await import("../../src/server/services/doctor/examine.ts");
    const report = await examine({ environment, running });
    const told = new Set(broken.map(({ id }) => id));
    // What did not start here is away there, too.
    if (told.has("embedded.broken")) told.add("mongodb.away");
    return { ...report, findings: [...broken, ...report.findings.filter(({ id }) => !told.has(id))] };
  } finally {
    await Promise.all([store?.close(), sandbox?.close()]);
  }
}

/** What `work` resolves to; when it fails, what that means is noted. */
async function tried(notes, work, explain) {
  try {
    return await work();
  } catch (error) {
    notes.push(explain(error));
    return undefined;
  }
}

const NAMES = { error: ["red", "wrong"], warn: ["yellow", "careful"], info: ["cyan", "to know"] };

function print({ findings, checks, checkedAt, ms }, { all, json }) {
  if (json) {
    console.log(JSON.stringify({ findings, checks, checkedAt, ms }, undefined, 2));
    return;
  }
  const shown = findings.filter(({ level }) => all || level !== "info");
  for (const { id, level, subject, problem, fix } of shown) {
    const [color, name] = NAMES[level];
    console.log(`${styleText(color, name)}  ${styleText("bold", subject)}  (${id})`);
    console.log(`  ${problem}`);
    console.log(`  → ${fix}\n`);
  }
  if (all) console.log(`${checks} things looked at in ${ms} ms, ${findings.length} findings.`);
}
