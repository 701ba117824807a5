import { ask, keepAlive } from "./ask.mjs";
import { quietWindows } from "./noise.mjs";
import { cpuMicroseconds, foreignSince, lookAtMachine } from "./processes.mjs";
import { sum } from "./statistics.mjs";

/** How many windows are tried for each that is wanted, when strangers spoil them. */
const TRIES = 1.5;

/**
 * Measures contenders by turns: a window of each, then the next of each, so that what changes on the machine changes for
 * all. Spoilt windows are measured again for as long as that is bearable.
 * @param {object} options
 * @param {import("./contender.mjs").Contender[]} options.contenders
 * @param {number} options.windows how many are wanted of each
 * @param {(contender, turn: number) => Promise<object>} options.measure one window; its result gets `cpu` (app and data,
 *   in microseconds) and `foreign`
 * @returns {Promise<Map<string, { kept: object[], thrown: number, noisy: boolean }>>} by contender
 */
export async function interleave({ contenders, windows, measure, ignoreNiced }) {
  const measured = new Map(contenders.map(({ name }) => [name, []]));
  for (let turn = 0; turn < Math.ceil(windows * TRIES); turn += 1) {
    const wanting = contenders.filter(({ name }) => quietWindows(measured.get(name), 0).kept.length < windows);
    if (wanting.length === 0) break;
    const first = turn % wanting.length;
    for (const contender of [...wanting.slice(first), ...wanting.slice(0, first)]) {
      measured.get(contender.name).push(await watched(contender, () => measure(contender, turn), ignoreNiced));
    }
  }
  return new Map([...measured].map(([name, of]) => [name, quietWindows(of, windows)]));
}

/** Runs something and says what it cost the contender's processes, and how much strangers were about. */
async function watched(contender, run, ignoreNiced) {
  const machine = lookAtMachine();
  const before = cpuOf(contender);
  const result = await run();
  const after = cpuOf(contender);
  const cpu = { app: after.app - before.app, data: after.data - before.data };
  return { ...result, cpu, foreign: foreignSince(machine, { ignoreNiced }) };
}

/** The processor time of a contender: its own processes, and the database and Redis that work for it. */
export const cpuOf = ({ pids, dataPids = [] }) => ({
  app: sum(pids.map(cpuMicroseconds)),
  data: sum(dataPids.map(cpuMicroseconds)),
});

/**
 * Asks again and again over so many connections, until the window is over and what has begun has ended.
 * @param {(connection: number) => object} next the next call of a connection
 */
export async function askForAWhile({ connections, windowMs, next }) {
  const agent = keepAlive(connections);
  const samples = [];
  const beganAt = performance.now();
  const connection = async (number) => {
    while (performance.now() - beganAt < windowMs) samples.push(await ask(next(number), agent));
  };
  await Promise.all(Array.from({ length: connections }, (_, number) => connection(number)));
  agent.destroy();
  return { samples, seconds: (performance.now() - beganAt) / 1_000 };
}

/** As many requests as it takes until code that runs often has been compiled, or as many as fit into the patience. */
const WARM_UP = { requests: 1_200, ms: 20_000, connections: 16 };

/**
 * Asks without measuring, until a contender runs as it will.
 * @param {(connection: number) => object} next the next call of a connection
 */
export async function warmUp(next) {
  let left = WARM_UP.requests;
  const until = performance.now() + WARM_UP.ms;
  const agent = keepAlive(WARM_UP.connections);
  const connection = async (number) => {
    for (; left > 0 && performance.now() < until; left -= 1) await ask(next(number), agent);
  };
  await Promise.all(Array.from({ length: WARM_UP.connections }, (_, number) => connection(number)));
  agent.destroy();
}
