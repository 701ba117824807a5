import { aiSdk, portkey } from "../contenders/index.mjs";
import { addedToFirst } from "../lib/ask.mjs";
import { startInkwell } from "../lib/inkwell.mjs";
import { judgeAnswers } from "../lib/judge-answers.mjs";
import { atMost } from "../lib/scenario.mjs";
import { median, quantile } from "../lib/statistics.mjs";
import { askForAWhile, interleave, warmUp } from "../lib/windows.mjs";

const ORDER = { first: 20, gap: 2, tokens: 20 };
/** Faults that are known at once, so that the next provider can be asked at once. */
const PROMPT_FAULTS = ["429", "500", "refused", "reset"];
const CONNECTIONS = 4;
const WARM_UP_MS = 1_500;

/** A breaker that never opens and no second try at the same provider: what is measured is going on to the next one. */
const STRAIGHT_ON = { BREAKER_CALLS: "10000", PROVIDER_RETRIES_MIN: "0", PROVIDER_RETRY_SHARE: "0" };
/** One that opens soon and stays open. */
const RESTING = { ...STRAIGHT_ON, BREAKER_CALLS: "5", BREAKER_REST_MS: "600000", BREAKER_REST_MAX_MS: "600000" };

const COST = "failover p50 ms";

/** The first provider fails in every way; the second is well. */
export default {
  name: "failover",
  about: "the first provider fails: what that adds, over an answer of the same kind without failure",
  async run(rig) {
    const inkwell = await startInkwell(rig, { name: "inkwell", settings: STRAIGHT_ON });
    const peers = (await rig.contenders([portkey, aiSdk])).map(asFailover);
    const contenders = [inkwell, ...peers];
    const rows = [];
    for (const contender of contenders) await warmUp((connection) => contender.stream(ORDER, connection));
    const healthy = await measure(rig, contenders, {});
    for (const fault of PROMPT_FAULTS)
      rows.push(...rowsOf(fault, healthy, await measure(rig, contenders, { gemini: fault })));
    const broken = await measure(rig, contenders, { gemini: "break" });
    const ends = contenders.map(({ name }) => ({ contender: name, ...judgeAnswers(broken.get(name), ORDER.tokens) }));
    rows.push(...ends.map(({ contender, ...counts }) => ({ case: "break after 5", contender, ...counts })));
    await inkwell.stop();
    rows.push(await measureResting(rig));
    return { rows, verdicts: verdicts(rows), faults: faults(ends), notes: NOTES };
  },
};

const NOTES = [
  "Inkwell asks the next provider at once here (PROVIDER_RETRIES_MIN=0, PROVIDER_RETRY_SHARE=0). As it ships it first tries",
  "the same one again after 200 to 800 ms where that can help: on 429, 5xx and refused connections, within a budget.",
];

const asFailover = (contender) => ({ ...contender, stream: contender.failover });

/** The samples of each contender under one order. */
async function measure(rig, contenders, fault) {
  const { windows, windowMs, ignoreNiced } = rig.options;
  const next = (contender) => (connection) => contender.stream({ ...ORDER, ...fault }, connection);
  for (const contender of contenders) {
    await askForAWhile({ connections: CONNECTIONS, windowMs: WARM_UP_MS, next: next(contender) });
  }
  const measured = await interleave({
    contenders,
    windows: Math.ceil(windows / 3),
    ignoreNiced,
    measure: (contender) => askForAWhile({ connections: 1, windowMs, next: next(contender) }),
  });
  return new Map([...measured].map(([name, { kept }]) => [name, kept.flatMap(({ samples }) => samples)]));
}

const addedOf = (samples) =>
  samples.filter(({ reader }) => reader.names.length > 0).map((sample) => addedToFirst(sample).added);

function rowsOf(name, healthy, failing) {
  return [...failing].map(([contender, samples]) => {
    const usual = median(addedOf(healthy.get(contender)));
    const added = addedOf(samples);
    return {
      case: name,
      contender,
      "without p50 ms": usual,
      "added p50 ms": median(added),
      [COST]: median(added) - usual,
      "p99 ms": quantile(added, 0.99) - usual,
      ...judgeAnswers(samples, ORDER.tokens),
    };
  });
}

/** The breaker is open: the first provider is not even asked. */
async function measureResting(rig) {
  const resting = await startInkwell(rig, { name: "inkwell", settings: RESTING });
  await warmUp((connection) => resting.stream(ORDER, connection));
  const healthy = await measure(rig, [resting], {});
  await askForAWhile({
    connections: CONNECTIONS,
    windowMs: WARM_UP_MS,
    next: (connection) => resting.stream({ ...ORDER, gemini: "500" }, connection),
  });
  const open = await measure(rig, [resting], { gemini: "500" });
  await resting.stop();
  const [row] = rowsOf("breaker open", healthy, open);
  return row;
}

function verdicts(rows) {
  const costOf = (name) => rows.find((row) => row.contender === "inkwell" && row.case === name)?.[COST] ?? Number.NaN;
  return [
    ...PROMPT_FAULTS.map((fault) => atMost("3", `failover after ${fault}`, costOf(fault), 5, "ms")),
    atMost("3", "with the breaker open", costOf("breaker open"), 1, "ms"),
  ];
}

function faults(ends) {
  const own = ends.find(({ contender }) => contender === "inkwell");
  return [
    ...(own.truncated > 0 ? [`${own.truncated} answers were cut short and called done`] : []),
    ...(own.doubled > 0 ? [`${own.doubled} answers came twice`] : []),
  ];
}
