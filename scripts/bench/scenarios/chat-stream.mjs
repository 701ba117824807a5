import { everyone } from "../contenders/index.mjs";
import { addedToFirst, isWhole } from "../lib/ask.mjs";
import { profiled } from "../lib/profile.mjs";
import { atMost, ratio } from "../lib/scenario.mjs";
import { quantile, sum } from "../lib/statistics.mjs";
import { askForAWhile, interleave, warmUp } from "../lib/windows.mjs";

const ORDER = { first: 20, gap: 2, tokens: 20 };
const PROFILED = 16;

const P50 = "added p50 ms";

/** A new question each time: session, limits, cache miss, hold, provider, persistence. */
export default {
  name: "chat-stream",
  about: "a streamed answer: what is added to the upstream's own first token",
  async run(rig) {
    const contenders = await rig.contenders(everyone);
    const next = (contender) => (connection) => contender.stream(ORDER, connection);
    for (const contender of contenders) await warmUp(next(contender));
    const rows = [];
    for (const connections of rig.options.connections) {
      const { windows, windowMs, ignoreNiced } = rig.options;
      const measured = await interleave({
        contenders,
        windows,
        ignoreNiced,
        measure: (contender) => {
          const run = () => askForAWhile({ connections, windowMs, next: next(contender) });
          return connections === PROFILED ? profiled(rig, contender, run) : run();
        },
      });
      for (const [contender, of] of measured) rows.push(rowOf(connections, contender, of));
    }
    return { rows, verdicts: verdicts(rows), faults: faults(rows) };
  },
};

function rowOf(connections, contender, { kept, thrown, noisy }) {
  const samples = kept.flatMap((window) => window.samples);
  const whole = samples.filter((sample) => isWhole(sample, ORDER.tokens));
  const times = whole.map(addedToFirst);
  const relays = whole.flatMap(({ reader }) => reader.relays.slice(1).map((relay) => relay / 1_000));
  const each = (part) => times.map((time) => time[part]);
  const cpu = (part) => sum(kept.map((window) => window.cpu[part])) / samples.length / 1_000;
  return {
    case: `${connections} connections`,
    contender,
    [P50]: quantile(each("added"), 0.5),
    "p99 ms": quantile(each("added"), 0.99),
    "before upstream p50": quantile(each("before"), 0.5),
    "after it p50": quantile(each("after"), 0.5),
    "relay p50 ms": quantile(relays, 0.5),
    "relay p99": quantile(relays, 0.99),
    "req/s": samples.length / sum(kept.map(({ seconds }) => seconds)),
    "CPU ms/req": cpu("app"),
    "and data": cpu("data"),
    answers: samples.length,
    broken: samples.length - whole.length,
    thrown,
    noise: noisy ? "noisy" : "",
  };
}

const at = (connections) => (row) => row.case === `${connections} connections`;

function verdicts(rows) {
  const p50 = (connections, pair) => ratio(rows, at(connections), P50, pair);
  const own = rows.find((row) => row.contender === "inkwell" && at(1)(row));
  return [
    atMost("1", "first token at 1 connection over Portkey's", p50(1, ["inkwell", "portkey"]), 0.333),
    atMost("1", "first token at 1 connection over the pages floor's", p50(1, ["inkwell", "pages-floor"]), 3.5),
    atMost("1", "its p99 over its p50 at 1 connection", own ? own["p99 ms"] / own[P50] : Number.NaN, 3),
    atMost("1", "first token at 16 connections over Portkey's", p50(16, ["inkwell", "portkey"]), 0.5),
  ];
}

const faults = (rows) =>
  rows
    .filter(({ contender, broken }) => contender === "inkwell" && broken > 0)
    .map((row) => `${row.broken} of ${row.answers} answers at ${row.case} were not whole`);
