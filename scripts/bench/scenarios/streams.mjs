import { bareProxy, inkwell, nextTrpc, pagesFloor } from "../contenders/index.mjs";
import { openStreams } from "../lib/open-streams.mjs";
import { profiled } from "../lib/profile.mjs";
import { atLeast, atMost, ratio } from "../lib/scenario.mjs";
import { quantile, sum } from "../lib/statistics.mjs";
import { interleave } from "../lib/windows.mjs";

const STREAMS = 50;
const PER_SECOND = 50;
const GAP_MS = 1_000 / PER_SECOND;
/** How late the slowest hundredth may be before a core is said to be full. */
const FULL_MS = 100;
const STEP = 1.15;

const CPU = "CPU µs/token";
const CAPACITY = "streams a core";

/** Answers at the pace of a fast model: what each token costs, how late it is, and how many a core can carry. */
export default {
  name: "streams",
  about: `answers of ${PER_SECOND} tokens a second: CPU a token, lateness, streams on one core`,
  async run(rig) {
    const contenders = await rig.contenders([bareProxy, pagesFloor, nextTrpc, inkwell]);
    const { quick, windows, ignoreNiced } = rig.options;
    const seconds = quick ? 3 : 5;
    await interleave({ contenders, windows: 1, ignoreNiced, measure: (it) => open(it, STREAMS, 2) });
    const measured = await interleave({
      contenders,
      windows: Math.ceil(windows / 3),
      ignoreNiced,
      measure: (contender) => profiled(rig, contender, () => open(contender, STREAMS, seconds)),
    });
    const rows = [];
    for (const contender of contenders) {
      const row = rowOf(contender.name, measured.get(contender.name));
      rows.push(row);
      // The least interesting has the most streams, which our own client could not keep up with.
      if (!quick && contender.name !== "bare-proxy") Object.assign(row, await findFull(contender, row[CAPACITY]));
    }
    return { rows, verdicts: verdicts(rows) };
  },
};

const open = (contender, streams, seconds) =>
  openStreams({ contender, streams, seconds, order: { first: GAP_MS, gap: GAP_MS } });

function rowOf(contender, { kept, thrown, noisy }) {
  const relays = kept.flatMap((window) => window.relays.map((relay) => relay / 1_000));
  const cpu = (part) => sum(kept.map((window) => window.spent[part])) / relays.length;
  return {
    case: `${STREAMS} streams`,
    contender,
    [CPU]: cpu("app"),
    "with data": cpu("app") + cpu("data"),
    [CAPACITY]: 1_000_000 / PER_SECOND / cpu("app"),
    "relay p50 ms": quantile(relays, 0.5),
    "relay p99": quantile(relays, 0.99),
    tokens: relays.length,
    thrown,
    noise: noisy ? "noisy" : "",
  };
}

/** Adds streams until the slowest hundredth of the tokens is too late; begins where the cost of a token says it will be. */
async function findFull(contender, expected) {
  let carried;
  for (let streams = Math.round(expected * 0.7); ; streams = Math.round(streams * STEP)) {
    const { relays } = await open(contender, streams, 4);
    const late = quantile(relays, 0.99) / 1_000;
    if (late > FULL_MS) return { carried, "full at": streams };
    carried = streams;
  }
}

function verdicts(rows) {
  const own = rows.find(({ contender }) => contender === "inkwell");
  const perToken = (column) => ratio(rows, () => true, column, ["inkwell", "pages-floor"]);
  return [
    atMost("4", "CPU a token over the pages floor's", perToken(CPU), 1.5),
    atMost("4", "the same with database and Redis", perToken("with data"), 1.5),
    atLeast("4", `streams of ${PER_SECOND} tokens a second on one core, measured`, own?.carried ?? Number.NaN, 220, ""),
    atLeast("4", "the same, by the CPU a token costs", own?.[CAPACITY] ?? Number.NaN, 220, ""),
    atMost("4", `relay p99 at ${STREAMS} streams`, own?.["relay p99"] ?? Number.NaN, 30, "ms"),
  ];
}
