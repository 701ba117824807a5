import type { Visitor } from "../fixtures/visitors";
import type { Journal } from "./journal";
import type { Random } from "./random";
import type { Site, Stage } from "./stage";
import type { Use } from "./use";

/** Everything an act may need. */
export interface Scene {
  stage: Stage;
  journal: Journal;
  /** The choices of this act alone. */
  random: Random;
  visitor: Visitor;
  /** Somebody else. */
  neighbour: Visitor;
  /** Whichever app it meets first. */
  site: Site;
  /** No other act of the run has it. */
  name: string;
  /** Has the use watched from now on. To be called before anything is asked for. */
  watch(use: Use): void;
  /** Judges what was told about a use so far. */
  judge(use: Use): Promise<void>;
}

/** Something a user does. Resolves to how it ended, in a few words. */
export type Act = (scene: Scene) => Promise<string>;
