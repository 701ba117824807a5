import { setTimeout as sleep } from "node:timers/promises";
import type { Visitor } from "../fixtures/visitors";
import type { Act, Scene } from "./act";
import { buy } from "./buy";
import { ask, askAndLeave, askAndResume, askAndStop, askTogether, askTwice } from "./chat-acts";
import { paint, paintAndCancel } from "./image-acts";
import type { Random, Weighted } from "./random";

interface NamedAct {
  name: string;
  act: Act;
}

const BUY: NamedAct = { name: "buy a pack", act: buy };

const ACTS: readonly [Weighted<NamedAct>, ...Weighted<NamedAct>[]] = [
  { weight: 5, what: { name: "ask", act: ask } },
  { weight: 2, what: { name: "ask and leave", act: askAndLeave } },
  { weight: 3, what: { name: "ask and resume elsewhere", act: askAndResume } },
  { weight: 3, what: { name: "ask and stop elsewhere", act: askAndStop } },
  { weight: 3, what: { name: "ask twice with one key", act: askTwice } },
  { weight: 2, what: { name: "ask together", act: askTogether } },
  { weight: 3, what: { name: "make an image", act: paint } },
  { weight: 2, what: { name: "make an image and cancel", act: paintAndCancel } },
  { weight: 1, what: BUY },
];

const THINK_MS = 1_500;

type Surroundings = Pick<Scene, "stage" | "journal" | "watch" | "judge">;

/** Does one thing after another until the signal aborts; what, is decided by the user's own choices alone. */
export async function actAsUser(
  surroundings: Surroundings,
  random: Random,
  { visitor, neighbour, name }: { visitor: Visitor; neighbour: Visitor; name: string },
  signal: AbortSignal,
): Promise<void> {
  const { stage, journal } = surroundings;
  for (let turn = 1; !signal.aborted; turn += 1) {
    const own = random.of(`${name} ${turn}`);
    const chosen = own.weighted(ACTS);
    const site = own.pick([stage.a, stage.b]);
    const scene = { ...surroundings, random: own, visitor, neighbour, site };
    const outcome = await chosen.act({ ...scene, name: `${name}-turn-${turn}` });
    journal.count(chosen.name, outcome);
    if (outcome.includes("INSUFFICIENT_CREDITS")) {
      journal.count(BUY.name, await BUY.act({ ...scene, name: `${name}-turn-${turn}-pack` }));
    }
    await sleep(own.int(0, THINK_MS));
  }
}
