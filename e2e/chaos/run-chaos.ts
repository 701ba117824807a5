import { setTimeout as sleep } from "node:timers/promises";
import { withDeadline } from "../../src/server/lib/clock";
import { newVisitors, type Visitor } from "../fixtures/visitors";
import { actAsUser } from "./act-as-user";
import { awaitRest, endAllReviews, endKnownReviews } from "./await-rest";
import { BooksReader } from "./books-reader";
import { checkEnd } from "./check-end";
import type { Journal } from "./journal";
import { toldWrongly } from "./judge-use";
import { medianOfThirds, residentMegabytes } from "./memory";
import { Random } from "./random";
import { Stage } from "./stage";
import { strikeFaults } from "./strike-faults";
import type { Use } from "./use";
import { BooksWatch } from "./watch-books";

const USERS = 8;
/** A new process grows for a while; that is no leak. */
const WARM_UP_MS = 20_000;
/** Shorter runs say nothing about growth. */
const MEMORY_MINUTES = 5;
/** How much larger the last third may be than the one before. */
const GROWTH = 1.1;
const REST_MS = 60_000;
const REVIEW_MS = 3_000;
const SAMPLE_MS = 1_000;

export interface ChaosOptions {
  minutes: number;
  seed: number;
  journal: Journal;
  /** Takes what A has in memory, in MB, each second. */
  samples: number[];
  /** Ends the run before its time, in good order. */
  stopping: AbortSignal;
}

/** Lets people use two apps while everything around them fails, and looks whether every promise is kept. */
export async function runChaos({ minutes, seed, journal, samples, stopping }: ChaosOptions): Promise<void> {
  const random = new Random(seed);
  const stage = await Stage.set();
  const reader = await BooksReader.open(stage.database.address);
  try {
    const visitors = await newVisitors(stage.a.instance, stage.database, USERS);
    const watch = new BooksWatch(
      reader,
      journal,
      visitors.map(({ userId }) => userId),
    );
    watch.start();
    const users = usersOf(visitors);
    const judge = async (use: Use) => {
      for (const problem of toldWrongly(use, await reader.stored(use))) {
        journal.violate(`${use.kind} ${use.idempotencyKey}: ${problem}`);
      }
    };
    const surroundings = { stage, journal, watch: (use: Use) => watch.add(use), judge };
    const act = (signal: AbortSignal, name: string) =>
      Promise.all(
        users.map((user) => actAsUser(surroundings, random, { ...user, name: `${name}-${user.name}` }, signal)),
      );

    console.log("Warming up …");
    await act(withDeadline(stopping, WARM_UP_MS), `seed-${seed}-warm`);
    console.log(`Seed ${seed}, ${minutes} minutes …`);
    const time = withDeadline(stopping, minutes * 60_000);
    await Promise.all([
      act(time, `seed-${seed}`),
      strikeFaults({ stage, journal, random, signal: time }),
      every(SAMPLE_MS, time, () => {
        const megabytes = residentMegabytes(stage.a.pid);
        if (megabytes !== undefined) samples.push(megabytes);
      }),
      every(REVIEW_MS, time, () => endKnownReviews(reader, stage.sandbox)),
    ]);
    if (stopping.aborted) return;

    console.log("All is healed; waiting for rest …");
    await endAllReviews(reader, stage.sandbox);
    await stage.sandbox.resend();
    for (const open of await awaitRest(stage, REST_MS)) journal.violate(open);
    await watch.end();
    await checkEnd(stage, reader, journal, watch.uses);
    console.log(
      `${watch.uses.length} uses judged, the books looked at ${watch.looks} times, ${journal.seconds.toFixed(0)} s`,
    );
    judgeMemory(samples, minutes, journal);
  } finally {
    await reader.close();
    await stage.strike();
  }
}

/** Each with a name, and with the next one as a neighbour. */
function usersOf(visitors: Visitor[]): { name: string; visitor: Visitor; neighbour: Visitor }[] {
  return visitors.map((visitor, index) => {
    const neighbour = visitors[(index + 1) % visitors.length] ?? visitor;
    return { name: `user-${index + 1}`, visitor, neighbour };
  });
}

function judgeMemory(samples: number[], minutes: number, journal: Journal): void {
  const [, middle = 0, last = 0] = medianOfThirds(samples);
  if (minutes < MEMORY_MINUTES || last <= middle * GROWTH) return;
  journal.violate(`A grew from ${middle.toFixed(0)} MB to ${last.toFixed(0)} MB between the last two thirds`);
}

/** Does something again and again until the signal aborts. */
async function every(ms: number, signal: AbortSignal, work: () => Promise<void> | void): Promise<void> {
  while (!signal.aborted) {
    await work();
    // A pause fails only when it is broken off, which is what ends this.
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
