import fc from "fast-check";
import type { Scene } from "./scene";
import type { Story } from "./story";

export type Command = fc.AsyncCommand<Story, Scene>;

/** A command that shows what it was given when it is part of a counterexample. */
export function command(
  name: string,
  fields: object,
  run: (story: Story, scene: Scene) => Promise<unknown>,
  check: (story: Readonly<Story>) => boolean = () => true,
): Command {
  const shown = Object.entries(fields).map(([field, value]) => `${field}: ${JSON.stringify(value)}`);
  const label = `${name}(${shown.join(", ")})`;
  return {
    check,
    toString: () => label,
    async run(story, scene) {
      scene.note(label);
      await run(story, scene);
      story.live = scene.live.length;
    },
  };
}

export const TO_THE_END = 100;

/** How far a worker gets before others have their turn: often a step or two, often half-way, now and then to its end. */
export const someSteps = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 1, 1, 2, 3) },
  { weight: 3, arbitrary: fc.nat({ max: 20 }) },
  { weight: 2, arbitrary: fc.constant(TO_THE_END) },
);

/** The same for what is short and matters most when it is through while others stand still. */
export const mostSteps = fc.oneof(
  { weight: 1, arbitrary: fc.nat({ max: 12 }) },
  { weight: 3, arbitrary: fc.constant(TO_THE_END) },
);

/** A worker that has come so far waits for its next turn, or there is none: its process dies. */
export const fate = fc.constantFrom("waits" as const, "waits" as const, "waits" as const, "dies" as const);

/** How a worker begins. */
export const beginning = { steps: someSteps, fate };

/** Which of however many there are. */
export const choice = fc.nat({ max: 7 });

export const somebody = fc.constantFrom(0, 0, 1);
