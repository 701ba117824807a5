import { addedToFirst } from "./ask.mjs";
import { fitGrowth } from "./growth.mjs";
import { startInkwell } from "./inkwell.mjs";
import { atMost } from "./scenario.mjs";
import { median, quantile } from "./statistics.mjs";
import { askForAWhile, interleave, warmUp } from "./windows.mjs";

const ORDER = { first: 20, gap: 2, tokens: 5 };
const SIZES = ["small", "medium", "large"];

/**
 * A scenario that asks the same of three instances whose databases differ in how much there is, by turns.
 * @param {object} options
 * @param {string} options.name
 * @param {string} options.about
 * @param {(sizes: object) => number} options.sizeOf which of the sizes is the one that grows
 * @param {{ name: string, bound: number, call: (contender, turn: number) => object }[]} options.cases `bound`: how much
 *   dearer the largest may be than the smallest; a call that streams is measured to its first token
 */
export function growthScenario({ name, about, sizeOf, cases }) {
  return {
    name,
    about,
    async run(rig) {
      const contenders = [];
      for (const size of rig.options.quick ? SIZES.slice(0, 2) : SIZES) contenders.push(await openInstance(rig, size));
      const rows = [];
      const verdicts = [];
      for (const { name: what, bound, call } of cases) {
        const points = await measure(rig, contenders, call);
        const growth = fitGrowth(points.map(({ contender, ms }) => ({ n: sizeOf(contender.sizes), ms })));
        for (const { contender, ms, p99, count } of points) {
          const n = sizeOf(contender.sizes);
          rows.push({ case: what, contender: contender.name, n, "p50 ms": ms, "p99 ms": p99, answers: count });
        }
        Object.assign(rows.at(-1), { "largest/smallest": growth.ratio, grows: growth.shape });
        verdicts.push(atMost("5", `${name}: ${what}, largest over smallest`, growth.ratio, bound));
      }
      return { rows, verdicts };
    },
  };
}

/** An instance over a database of a size: the same one for all scenarios. */
function openInstance(rig, size) {
  return rig.contender({
    name: `inkwell ${size}`,
    start: async () => {
      const world = await rig.world(size);
      return { ...(await startInkwell(rig, { name: `inkwell ${size}`, world })), ...world };
    },
  });
}

async function measure(rig, contenders, callOf) {
  const { windows, windowMs, ignoreNiced } = rig.options;
  let turn = 0;
  const next = (contender) => () => {
    turn += 1;
    return callOf(contender, turn);
  };
  for (const contender of contenders) await warmUp(next(contender));
  const measured = await interleave({
    contenders,
    windows: Math.ceil(windows / 2),
    ignoreNiced,
    measure: (contender) => askForAWhile({ connections: 1, windowMs, next: next(contender) }),
  });
  return contenders.map((contender) => {
    const samples = measured.get(contender.name).kept.flatMap((window) => window.samples);
    const times = samples.filter(({ status, failure }) => status === 200 && !failure).map(timeOf);
    return { contender, ms: median(times), p99: quantile(times, 0.99), count: times.length };
  });
}

/** What was added to the first token, or all of it for what is no stream, whatever texts are in it. */
function timeOf(sample) {
  const { reader, sent, endedAt } = sample;
  return reader.lines ? addedToFirst(sample).added : (endedAt - sent) / 1_000;
}

/** The first token of a new question by one of the people. */
export const firstToken = (connection, more = {}) => ({
  bound: 1.1,
  call: (contender, turn) =>
    contender.ask(ORDER, connection, typeof more === "function" ? more(contender, turn) : more),
});
