import { execFile } from "node:child_process";
import { join, relative } from "node:path";
import { parseArgs, promisify } from "node:util";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { inProject, PlainError, root } from "./project.mjs";
import { sandboxed } from "./providers.mjs";
import { stopRuns } from "./run.mjs";
import { completeEnvironment, readSettings, requireFreePorts } from "./settings.mjs";
import { appService, sandboxService, storeService } from "./stack.mjs";

/** The app drains for 30 seconds at most. */
const APP_PATIENCE_MS = 35_000;
const HELPER_PATIENCE_MS = 5_000;

const usage = `npm run up    installs and builds what changed, then runs Inkwell in the foreground
npm run dev   the same with a development server

PORT (3000), HOST (127.0.0.1), DATA_DIR (.data) and everything in .env.example are read from the
environment first, then from .env.`;

/**
 * Runs the whole of Inkwell until it is told to stop.
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
export async function up(argv) {
  const options = readOptions(argv);
  if (options.help) {
    console.log(usage);
    return 0;
  }
  const settings = readSettings(options);
  await requireFreePorts(settings);

  const stack = new Stack(settings);
  stack.stopOnSignals();
  return stack.run();
}

function readOptions(argv) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: { dev: { type: "boolean", default: false }, help: { type: "boolean", default: false } },
    });
    return values;
  } catch (error) {
    throw new PlainError(`${error.message}\n\n${usage}`);
  }
}

/** The processes of one instance: started in order, watched, ended in reverse. */
class Stack {
  #stopping = new AbortController();
  #failure;
  #store;
  #sandbox;
  #app;

  constructor(settings) {
    this.settings = settings;
  }

  /** The first signal ends everything in good order, the second at once. */
  stopOnSignals() {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.on(signal, () => {
        if (!this.#stopping.signal.aborted) return this.#stopping.abort();
        for (const service of this.#services) service.kill();
        stopRuns("SIGKILL");
        process.exit(1);
      });
    }
    this.#stopping.signal.addEventListener("abort", () => stopRuns("SIGTERM"));
  }

  async run() {
    const stopped = new Promise((resolve) => this.#stopping.signal.addEventListener("abort", resolve));
    try {
      await Promise.race([this.#start(), stopped]);
      await stopped;
    } catch (error) {
      this.#failure ??= error;
    }
    const code = await this.#stop();
    if (this.#failure) throw this.#failure;
    return code;
  }

  get #services() {
    return [this.#app, this.#store, this.#sandbox].filter(Boolean);
  }

  async #start() {
    const { settings } = this;
    await ensureInstalled();
    const environment = completeEnvironment(settings);

    const starts = [checkEnvironment(environment)];
    if (settings.embedded) starts.push(this.#startStore(environment));
    if (settings.sandbox) starts.push(this.#startSandbox(environment));
    await Promise.all(starts);
    if (settings.embedded) environment.MONGODB_URI = new URL("/inkwell", this.#store.address).href;

    if (!settings.dev) await ensureBuilt(environment);
    this.#stopping.signal.throwIfAborted();
    await this.#startApp(environment);
    greet(settings);
  }

  #startStore(environment) {
    const directory = join(this.settings.directory, "store");
    this.#store = this.#watch(storeService({ directory, environment, say }));
    this.#store.on("line", helperPrinter("store"));
    return this.#store.start();
  }

  #startSandbox(environment) {
    const { sandboxPort: port } = this.settings;
    const directory = join(this.settings.directory, "sandbox");
    this.#sandbox = this.#watch(sandboxService({ directory, environment, port, say }));
    this.#sandbox.on("line", helperPrinter("sandbox"));
    return this.#sandbox.start();
  }

  async #startApp(environment) {
    const { host, port, dev } = this.settings;
    this.#app = this.#watch(appService({ environment, host, port, dev, say }));
    this.#app.on("line", await logPrinter(dev || process.stdout.isTTY));
    await this.#app.start();
  }

  #watch(service) {
    service.on("gone", (message) => {
      this.#failure = new PlainError(message);
      this.#stopping.abort();
    });
    return service;
  }

  /** The app goes first: while it drains it needs the database and the providers. */
  async #stop() {
    this.#stopping.abort();
    const code = (await this.#app?.stop(APP_PATIENCE_MS)) ?? 0;
    await Promise.all([this.#store?.stop(HELPER_PATIENCE_MS), this.#sandbox?.stop(HELPER_PATIENCE_MS)]);
    // A development server has nothing to drain, and Next ends it with the signal's own code.
    return this.settings.dev ? 0 : code;
  }
}

/** Fails with the app's own message when a variable is wrong, before a minute is spent on a build. */
async function checkEnvironment(env) {
  try {
    await promisify(execFile)(process.execPath, ["--import", "tsx", inProject("scripts", "check-env.mjs")], {
      cwd: root,
      env,
    });
  } catch (error) {
    throw new PlainError(error.stderr?.trim() || error.message);
  }
}

/** Prints the app's log lines: for people when a person watches, untouched when a file or a collector does. */
async function logPrinter(forPeople) {
  if (!forPeople) return (line) => process.stdout.write(`${line}\n`);
  const { default: pretty } = await import("pino-pretty");
  const stream = pretty({ colorize: process.stdout.isTTY, ignore: "pid,hostname", translateTime: "HH:MM:ss" });
  return (line) => stream.write(`${line}\n`);
}

/** What the store or the sandbox has to say, under its name; that it is ready is only for us. */
function helperPrinter(name) {
  return (line) => {
    if (!/^(embedded store|sandbox) ready /.test(line)) console.log(`[${name}] ${line}`);
  };
}

function greet({ address, directory, embedded, environment }) {
  const shown = relative(root, directory).startsWith("..") ? directory : relative(root, directory);
  const played = sandboxed(environment).map(({ name, keys }) => `${name} (${keys.join(" or ")})`);
  const lines = [
    `Inkwell is ready at ${address}`,
    "",
    `Data       ${embedded ? `${shown}/ (embedded store)` : `${databaseName(environment.MONGODB_URI)}, files in ${shown}/`}`,
    played.length > 0 ? `Sandbox    ${played.join(", ")}; set a key to go live` : "Sandbox    not needed",
    "Stop       Ctrl+C",
  ];
  console.log(`\n${lines.map((line) => `  ${line}`.trimEnd()).join("\n")}\n`);
}

/** The database's address without the password in it. */
function databaseName(uri) {
  return uri.replace(/\/\/[^@/]*@/, "//").replace(/\?.*$/, "");
}

function say(message) {
  console.log(message);
}
