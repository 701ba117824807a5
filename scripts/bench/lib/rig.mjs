import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inProject } from "../../lib/project.mjs";
import { printsLine, Service } from "../../lib/service.mjs";
import { CORES, EVERY_CORE, pin } from "./processes.mjs";
import { startRedis } from "./redis.mjs";
import { openWorld } from "./world.mjs";

const START_MS = 90_000;
const STOP_MS = 5_000;

/**
 * What every scenario runs on: the upstream, Redis, data and the contenders, each started when it is first asked for and
 * ended when the run is over.
 */
export class Rig {
  #endings = [];
  #contenders = new Map();
  #worlds = new Map();
  /** Contenders that could not be started, and why. */
  skipped = [];

  constructor({ options, resultsFolder, say }) {
    Object.assign(this, { options, resultsFolder, say });
  }

  /** Starts what everyone needs. From here on this process and its children stay on the first core. */
  async start() {
    pin(process.pid, CORES.bench);
    this.redis = await startRedis();
    if (this.redis) this.#endings.push(this.redis.stop);
    this.upstream = await this.startHelper("upstream", [inProject("scripts", "bench", "upstream.mjs")]);
  }

  /** A process of ours beside the system that is measured. */
  async startHelper(name, args, env = {}) {
    const ready = printsLine(`${name} ready `);
    return this.startBeside(this.#service({ name, args, env, ready }), STOP_MS);
  }

  /** A process that is measured: it has the second core to itself. */
  startSystem = async (spec) => this.startService(this.#service(spec), STOP_MS);

  /** Gives this process, and what it starts meanwhile, every core: a browser is many processes, and is what is measured. */
  onEveryCore = async (work) => {
    pin(process.pid, EVERY_CORE);
    try {
      return await work();
    } finally {
      pin(process.pid, CORES.bench);
    }
  };

  startService = async (service, patience) => {
    service.on("gone", (message) => this.say(message));
    // Before it is there: who stops the run while it starts must not leave it behind.
    const stop = () => service.stop(patience);
    this.#endings.push(stop);
    await service.start();
    pin(service.pid, CORES.system);
    return { address: service.address, pid: service.pid, stop };
  };

  /** A process of ours beside the system, like `startHelper`, from a service that is there already. */
  async startBeside(service, patience) {
    this.#endings.push(() => service.stop(patience));
    await service.start();
    return { address: service.address, pid: service.pid };
  }

  /** A folder that goes when the run ends. */
  temporaryFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), "inkwell-bench-"));
    this.#endings.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };

  #service = ({ name, args, env, ready }) =>
    new Service({
      name,
      patience: START_MS,
      say: this.say,
      command: () => ({ args, env: { ...process.env, ...env } }),
      ready,
    });

  /** The data and people of a size, made on first use; without a name just people. */
  world = (name = "plain") => {
    if (!this.#worlds.has(name)) this.#worlds.set(name, openWorld(this, name, this.#endings));
    return this.#worlds.get(name);
  };

  /**
   * A running contender; undefined when it will not start, which is told once.
   * @param {{ name: string, start: (rig: Rig) => Promise<import("./contender.mjs").Contender> }} contender
   */
  contender(contender) {
    if (!this.#contenders.has(contender.name)) this.#contenders.set(contender.name, this.#startContender(contender));
    return this.#contenders.get(contender.name);
  }

  async #startContender(contender) {
    try {
      return await contender.start(this);
    } catch (error) {
      const [reason] = String(error.message).split("\n");
      this.skipped.push({ name: contender.name, reason });
      this.say(`${contender.name} is left out: ${error.message}`);
      return undefined;
    }
  }

  /** Those of a list that run. */
  async contenders(list) {
    const { without } = this.options;
    const running = [];
    for (const contender of list) {
      const started = without.includes(contender.name) ? undefined : await this.contender(contender);
      if (started) running.push(started);
    }
    return running;
  }

  /** How often each provider has been asked so far. */
  async upstreamCalls() {
    return (await fetch(`${this.upstream.address}/counts`)).json();
  }

  /** Ends everything, what was started last first. */
  async end() {
    for (const end of this.#endings.reverse()) await end();
  }
}
