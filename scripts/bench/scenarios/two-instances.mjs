import { inkwell } from "../contenders/index.mjs";
import { isWhole } from "../lib/ask.mjs";
import { startInkwell } from "../lib/inkwell.mjs";
import { atMost } from "../lib/scenario.mjs";
import { sum } from "../lib/statistics.mjs";
import { askForAWhile, interleave, warmUp } from "../lib/windows.mjs";

const ORDER = { first: 20, gap: 2, tokens: 20 };
/** At each instance: how busy a process is decides how much of its work it does together. */
const CONNECTIONS = 8;

const CPU = "CPU ms/req";

/**
 * People at one instance, and twice as many spread over two that share database and Redis, so that each has as much to do
 * as the one; and as many at the one, to compare. Both live on the one core.
 */
export default {
  name: "two-instances",
  about: "one instance against two that share database and Redis: CPU a request",
  async run(rig) {
    const one = await rig.contender(inkwell);
    const other = await startInkwell(rig, { name: "another" });
    const both = {
      ...one,
      name: "two inkwells",
      connections: 2 * CONNECTIONS,
      pids: [...one.pids, ...other.pids],
      stream: (order, connection) => (connection % 2 ? other : one).stream(order, connection),
    };
    const alone = { ...one, connections: CONNECTIONS };
    const busy = { ...one, name: "inkwell, as busy", connections: 2 * CONNECTIONS };
    const contenders = [alone, both, busy];
    const next = (contender) => (connection) => contender.stream(ORDER, connection);
    // Each by itself as long as the one that works alone: a process that is younger is dearer.
    for (const contender of [one, { ...other, name: "another" }, both]) await warmUp(next(contender));
    const { windows, windowMs, ignoreNiced } = rig.options;
    const measured = await interleave({
      contenders,
      windows,
      ignoreNiced,
      measure: (contender) => askForAWhile({ connections: contender.connections, windowMs, next: next(contender) }),
    });
    await other.stop();
    const rows = contenders.map((contender) => rowOf(contender, measured.get(contender.name)));
    const [single, double] = rows;
    return {
      rows,
      verdicts: [atMost("6", "CPU a request with two instances over one", double[CPU] / single[CPU], 1.1)],
      faults: rows
        .filter(({ broken }) => broken > 0)
        .map((row) => `${row.broken} answers of ${row.contender} were not whole`),
    };
  },
};

function rowOf(contender, { kept, thrown, noisy }) {
  const samples = kept.flatMap((window) => window.samples);
  const cpu = (part) => sum(kept.map((window) => window.cpu[part])) / samples.length / 1_000;
  return {
    case: `${contender.connections} connections`,
    contender: contender.name,
    "req/s": samples.length / sum(kept.map(({ seconds }) => seconds)),
    [CPU]: cpu("app"),
    "and data": cpu("data"),
    answers: samples.length,
    broken: samples.filter((sample) => !isWhole(sample, ORDER.tokens)).length,
    thrown,
    noise: noisy ? "noisy" : "",
  };
}
