import { setTimeout as sleep } from "node:timers/promises";
import { inkwell } from "../contenders/index.mjs";
import { ask, isWhole, keepAlive } from "../lib/ask.mjs";
import { openHandles, residentKilobytes } from "../lib/processes.mjs";
import { atMost } from "../lib/scenario.mjs";
import { medianOfQuarters } from "../lib/statistics.mjs";
import { askForAWhile, warmUp } from "../lib/windows.mjs";

const ORDER = { first: 20, gap: 2, tokens: 20 };
const SATURATION = { connections: 32, windowMs: 10_000 };
const PEOPLE = 64;
const LOOK_MS = 2_000;
const SETTLE_MS = 5_000;

/** Hours of even use: what grows, and what is left behind. */
export default {
  name: "soak",
  about: "half of what it can take, for long: memory, handles and credits still held",
  async run(rig) {
    const contender = await rig.contender(inkwell);
    const next = (connection) => contender.stream(ORDER, connection % PEOPLE);
    await warmUp(next);
    const { samples, seconds } = await askForAWhile({ ...SATURATION, next });
    const perSecond = samples.length / seconds / 2;
    const minutes = rig.options.soakMinutes;
    rig.say(`${perSecond.toFixed(1)} answers a second for ${minutes} minutes …`);
    const { looks, answers, broken } = await keepAsking({ contender, next, perSecond, ms: minutes * 60_000 });
    await sleep(SETTLE_MS);
    const held = await heldCredits(contender);
    const memory = medianOfQuarters(looks.map((look) => look.memory));
    const handles = medianOfQuarters(looks.map((look) => look.handles));
    const rows = memory.map((kilobytes, quarter) => ({
      case: `quarter ${quarter + 1}`,
      contender: contender.name,
      "memory MB": kilobytes / 1_024,
      handles: handles[quarter],
    }));
    Object.assign(rows.at(-1), { answers, "a second": perSecond, broken, "credits held": held });
    return {
      rows,
      verdicts: [
        atMost("9", `memory of the last quarter of ${minutes} minutes over the second`, memory[3] / memory[1], 1.05),
        atMost("9", "handles of the last quarter over the second", handles[3] / handles[1], 1.05),
        atMost("9", "credits still held", held, 0, ""),
      ],
      faults: held > 0 ? [`${held} credits were still held`] : [],
    };
  },
};

/** Asks at an even pace, whether or not the answers keep up, and looks at the process now and then. */
async function keepAsking({ contender, next, perSecond, ms }) {
  const agent = keepAlive(Number.POSITIVE_INFINITY);
  const [pid] = contender.pids;
  const looks = [];
  const counts = { answers: 0, broken: 0 };
  const pending = new Set();
  const began = performance.now();
  let asked = 0;
  let looked = 0;
  while (performance.now() - began < ms) {
    for (; asked < ((performance.now() - began) / 1_000) * perSecond; asked += 1) {
      const answer = ask(next(asked), agent).then((sample) => {
        counts.answers += 1;
        if (!isWhole(sample, ORDER.tokens)) counts.broken += 1;
        pending.delete(answer);
      });
      pending.add(answer);
    }
    if (performance.now() - began > looked * LOOK_MS) {
      looked += 1;
      looks.push({ memory: residentKilobytes(pid), handles: openHandles(pid) });
    }
    await sleep(5);
  }
  await Promise.all(pending);
  agent.destroy();
  return { looks, ...counts };
}

/** What the accounts of all who took part still hold. */
async function heldCredits({ query }) {
  const agent = keepAlive(1);
  let held = 0;
  for (let person = 0; person < PEOPLE; person += 1) {
    const { text } = await ask(query("credits.balance", null, person), agent, { keepText: true });
    held += Number(/"held":(\d+)/.exec(text)?.[1] ?? Number.NaN);
  }
  agent.destroy();
  return held;
}
