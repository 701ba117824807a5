import { inkwell } from "../contenders/index.mjs";
import { isWhole } from "../lib/ask.mjs";
import { startInkwell } from "../lib/inkwell.mjs";
import { atMost } from "../lib/scenario.mjs";
import { sum } from "../lib/statistics.mjs";
import { askForAWhile, interleave, warmUp } from "../lib/windows.mjs";

const ORDER = { first: 20, gap: 2, tokens: 20 };
const CONNECTIONS = 16;

const CPU = "CPU ms/req";

/** The same people at one instance, or spread over two that share database and Redis. Both live on the one core. */
export default {
  name: "two-instances",
  about: "one instance against two that share database and Redis: CPU a request",
  async run(rig) {
    const one = await rig.contender(inkwell);
    const other = await startInkwell(rig, { name: "another" });
    const both = {
      ...one,
      name: "two inkwells",
      pids: [...one.pids, ...other.pids],
      stream: (order, connection) => (connection % 2 ? other : one).stream(order, connection),
    };
    const contenders = [one, both];
    const next = (contender) => (connection) => contender.stream(ORDER, connection);
    // Each by itself as long as the one that works alone: a process that is younger is dearer.
    for (const contender of [one, { ...other, name: "another" }, both]) await warmUp(next(contender));
    const { windows, windowMs, ignoreNiced } = rig.options;
    const measured = await interleave({
      contenders,
      windows,
      ignoreNiced,
      measure: (contender) => askForAWhile({ connections: CONNECTIONS, windowMs, next: next(contender) }),
    });
    await other.stop();
    const rows = [...measured].map(([contender, of]) => rowOf(contender, of));
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
    case: `${CONNECTIONS} connections`,
    contender,
    "req/s": samples.length / sum(kept.map(({ seconds }) => seconds)),
    [CPU]: cpu("app"),
    "and data": cpu("data"),
    answers: samples.length,
    broken: samples.filter((sample) => !isWhole(sample, ORDER.tokens)).length,
    thrown,
    noise: noisy ? "noisy" : "",
  };
}
