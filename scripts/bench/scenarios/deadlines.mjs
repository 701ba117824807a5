import { setTimeout as sleep } from "node:timers/promises";
import { ask, keepAlive } from "../lib/ask.mjs";
import { startInkwell } from "../lib/inkwell.mjs";
import { atMost } from "../lib/scenario.mjs";
import { quantile } from "../lib/statistics.mjs";
import { warmUp } from "../lib/windows.mjs";

const DEADLINES_MS = [500, 1_000, 2_000, 5_000, 10_000];
const FAULTS = ["hang", "stall"];
const ASKING = 8;
/** Those who ask come one after the other, so that their deadlines do too. */
const APART_MS = 40;
const ORDER = { first: 20, gap: 2, tokens: 20 };

/** A provider that fails is not tried again, and never rests. */
const AT_ONCE = { BREAKER_CALLS: "10000", PROVIDER_RETRIES_MIN: "0", PROVIDER_RETRY_SHARE: "0" };

const LATE = "late p50 ms";

/** A provider that says nothing is left at its deadline, and the next one asked. */
export default {
  name: "deadlines",
  about: "the first provider hangs, or stalls after its headers: how long after the deadline the second is asked",
  async run(rig) {
    const rows = [];
    for (const deadline of rig.options.quick ? DEADLINES_MS.slice(0, 1) : DEADLINES_MS) {
      const settings = { ...AT_ONCE, CHAT_GEMINI_FIRST_CONTENT_MS: String(deadline) };
      const inkwell = await startInkwell(rig, { name: "inkwell", settings });
      // The way to the second provider too: how late it is asked is a matter of the deadline, not of code seen first.
      await warmUp((connection) => inkwell.stream({ ...ORDER, gemini: "429" }, connection));
      for (const fault of FAULTS) rows.push(await measure(rig, inkwell, fault, deadline));
      await inkwell.stop();
    }
    const worst = (fault) => Math.max(...rows.filter((row) => row.case.startsWith(fault)).map((row) => row[LATE]));
    const verdicts = FAULTS.map((fault) =>
      atMost("3", `${fault}: second asked after the deadline`, worst(fault), 10, "ms"),
    );
    return { rows, verdicts };
  },
};

let asked = 0;

async function askAll(contender, order) {
  const agent = keepAlive(ASKING);
  const ids = Array.from({ length: ASKING }, () => {
    asked += 1;
    return `d${asked}`;
  });
  const samples = await Promise.all(
    ids.map(async (id, number) => {
      await sleep(APART_MS * number);
      return ask(contender.stream({ ...ORDER, ...order, id }, number), agent);
    }),
  );
  agent.destroy();
  return { ids, samples };
}

async function measure(rig, contender, fault, deadline) {
  const { ids, samples } = await askAll(contender, { gemini: fault });
  const late = [];
  for (const id of ids) {
    const { gemini, openai } = await (await fetch(`${rig.upstream.address}/seen/${id}`)).json();
    if (openai) late.push((openai - gemini) / 1_000 - deadline);
  }
  return {
    case: `${fault}, deadline ${deadline / 1_000} s`,
    contender: contender.name,
    [LATE]: quantile(late, 0.5),
    "latest ms": quantile(late, 1),
    "second asked": late.length,
    whole: samples.filter(({ reader }) => reader.names.length === ORDER.tokens).length,
    answers: samples.length,
  };
}
