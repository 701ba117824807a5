import { models } from "@models";
import fc from "fast-check";
import { logger } from "@/server/lib/logger";
import { sweepOperations } from "@/server/services/sweep/sweep-operations";
import { sweepPayments } from "@/server/services/sweep/sweep-payments";
import { sandbox } from "../studio";
import { alwaysProblems } from "./always";
import { readBooks } from "./books";
import type { Command } from "./command";
import { finalProblems } from "./finally";
import { hearTheRest } from "./payment-commands";
import { Scene } from "./scene";
import { newStory, type Story } from "./story";
import { muchLater } from "./time-commands";

export interface Weighted {
  weight: number;
  arbitrary: fc.Arbitrary<Command>;
}

/** How long a sequence of commands may be. */
const COMMANDS_MAX = 24;

const FORGET_EVERY = 200;

/** Counts what was run, to be told at the end. */
export const played = { sequences: 0, steps: 0, crashes: 0 };

/**
 * Whatever is asked for, in whatever order the steps of all workers happen and wherever they crash: the books are right
 * at every audit, and once everything has come to rest everyone has what the story says.
 */
export function booksAreRight(...commands: Weighted[]) {
  const sequence = fc.commands<Story, Scene, false>([fc.oneof(...commands)], {
    maxCommands: COMMANDS_MAX,
    size: "max",
  });
  const ending = fc.constantFrom("everyone finishes" as const, "the power fails" as const);
  const order = fc.infiniteStream(fc.nat({ max: 7 }));
  return fc.asyncProperty(sequence, ending, order, async (sequence, ending, order) => {
    const scene = new Scene();
    try {
      sandbox().reset();
      if (played.sequences % FORGET_EVERY === 0) await forgetEverything();
      const story = await newStory();
      await fc.asyncModelRun(() => ({ model: story, real: scene }), sequence);
      if (ending === "the power fails") scene.cutPower();
      await scene.finish(order, () => muchLater(story));
      await comeToRest(story, order);
    } catch (error) {
      await forgetEverything();
      throw new Error(`${error instanceof Error ? error.message : error}\n\nStep by step:\n${scene.steps.join("\n")}`, {
        cause: error,
      });
    } finally {
      played.sequences += 1;
      played.steps += scene.steps.filter((step) => !step.startsWith("—")).length;
      played.crashes += scene.workers.filter(({ hasCrashed }) => hasCrashed).length;
    }
  });
}

async function comeToRest(story: Story, order: Iterator<number>): Promise<void> {
  complain("When everyone had ended", alwaysProblems(await readBooks(story.ids)));
  if (story.orders.length > 0) await hearTheRest(order);
  await muchLater(story);
  await sweepOperations(logger);
  if (story.orders.length > 0) await sweepPayments(logger);
  const books = await readBooks(story.ids);
  complain("When everything had come to rest", [...alwaysProblems(books), ...finalProblems(story, books)]);
}

function complain(when: string, problems: string[]): void {
  if (problems.length > 0) throw new Error(`${when}:\n${problems.join("\n")}`);
}

/** What a failed sequence left behind must not disturb the next, and a long night must not fill the disk. */
export async function forgetEverything(): Promise<void> {
  await Promise.all(models.map((model) => model.collection.deleteMany({})));
}
