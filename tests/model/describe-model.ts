import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reconcile } from "@/server/services/credits/reconcile";
import { sandbox } from "../studio";
import { closeGates } from "./gates";
import { moveToMemory } from "./memory-store";
import { booksAreRight, forgetEverything, played, type Weighted } from "./property";
import { scriptedChat } from "./scripted-chat";
import { type SeededBug, seededBugs } from "./seeded-bugs";

/** How many sequences are played altogether. For a long night: MODEL_RUNS=50000. */
const RUNS = Number(process.env.MODEL_RUNS ?? 520);

interface Model {
  /** The part of all sequences that this file plays. */
  share: number;
  commands: Weighted[];
  /** Mistakes the same sequences must bring to light. */
  bugs: SeededBug[];
}

/** Plays a model of the ledger: as it is, when it has to hold, and with each mistake made on purpose, when it must not. */
export function describeModel({ share, commands, bugs }: Model): void {
  const numRuns = Math.ceil(RUNS * share);
  const patience = { timeout: 120_000 + numRuns * 3_000 };
  const property = () => booksAreRight(...commands);

  beforeAll(async () => {
    await moveToMemory();
    sandbox().paypal.deliver(false);
    closeGates(scriptedChat);
  });
  afterAll(() => {
    if (process.env.MODEL_RUNS) console.log(played);
  });

  test("the books are right, whatever happens in whatever order and wherever workers crash", patience, async () => {
    await fc.assert(property(), { numRuns });
    expect((await reconcile()).problems).toEqual([]);
  });

  describe("the same runs fail with a bug:", () => {
    test.each(bugs)("%s", patience, async (bug) => {
      await forgetEverything();
      const mend = seededBugs[bug]();
      try {
        const run = await fc.check(property(), { numRuns, endOnFailure: !process.env.MODEL_SHRINK });
        const { message = "" } = run.errorInstance instanceof Error ? run.errorInstance : {};
        if (process.env.MODEL_SHRINK) console.log(run.numRuns, String(run.counterexample?.[0]), message);
        expect(run.failed).toBe(true);
        // It is the books that are wrong, not the stage that fell down.
        expect(message).toMatch(/^(In the middle|When everyone had ended|When everything had come to rest):/);
      } finally {
        mend();
      }
    });
  });
}
