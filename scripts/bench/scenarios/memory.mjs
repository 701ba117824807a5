import { setTimeout as sleep } from "node:timers/promises";
import { bareProxy, inkwell, nextTrpc, pagesFloor, portkey } from "../contenders/index.mjs";
import { openStreams } from "../lib/open-streams.mjs";
import { residentKilobytes } from "../lib/processes.mjs";
import { atMost } from "../lib/scenario.mjs";
import { sum } from "../lib/statistics.mjs";

const STREAMS = 500;
/** Slow, so that what is measured is a stream that is open, not one that is busy. */
const ORDER = { first: 200, gap: 500 };
/** How long memory may take to come back. */
const BACK_MS = 40_000;
const LOOK_MS = 1_000;

const PER_STREAM = "kB/stream";
const BACK = "back to idle";

/** Many who read at once. The first such crowd makes the heap as large as it will be; the second is measured. */
export default {
  name: "memory",
  about: `${STREAMS} open streams: memory of each, and what is left after them`,
  async run(rig) {
    const rows = [];
    const contenders = await rig.contenders([bareProxy, pagesFloor, nextTrpc, portkey, inkwell]);
    for (const contender of contenders) rows.push(await measure(contender, rig.options.quick ? 100 : STREAMS));
    return { rows, verdicts: verdicts(rows) };
  },
};

async function measure(contender, streams) {
  await openStreams({ contender, streams, seconds: 2, order: ORDER });
  const idle = await lowest(contender, BACK_MS / 4);
  let open = Number.NaN;
  const during = () => {
    open = memoryOf(contender);
  };
  const { samples } = await openStreams({ contender, streams, seconds: 5, order: ORDER, during });
  const after = await lowest(contender, BACK_MS, idle * 1.1);
  return {
    case: `${streams} streams`,
    contender: contender.name,
    "idle MB": idle / 1_024,
    "open MB": open / 1_024,
    [PER_STREAM]: (open - idle) / streams,
    "after MB": after / 1_024,
    [BACK]: after / idle,
    broken: samples.filter(({ status, failure }) => status !== 200 || failure).length,
  };
}

const memoryOf = ({ pids }) => sum(pids.map(residentKilobytes));

/** The least memory within a time; looks no longer once it is as low as was hoped. */
async function lowest(contender, forMs, enough = 0) {
  let least = memoryOf(contender);
  for (let waited = 0; waited < forMs && least > enough; waited += LOOK_MS) {
    await sleep(LOOK_MS);
    least = Math.min(least, memoryOf(contender));
  }
  return least;
}

function verdicts(rows) {
  const own = rows.find(({ contender }) => contender === "inkwell");
  return [
    atMost("4", "memory of an open stream", own?.[PER_STREAM] ?? Number.NaN, 60, "kB"),
    atMost("4", "memory after it over idle", own?.[BACK] ?? Number.NaN, 1.1),
  ];
}
