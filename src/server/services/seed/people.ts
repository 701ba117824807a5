import type { Chance, Some } from "./chance";

/** How somebody uses the place: how often a day, and what they do when their credits are used up. */
export interface Habit {
  usesADay: number;
  imageShare: number;
  /** Buys a pack when nothing is left, else stays away for good. */
  buys: number;
  subscribes: number;
}

const CURIOUS: Habit = { usesADay: 0.6, imageShare: 0.15, buys: 0.1, subscribes: 0 };
const REGULAR: Habit = { usesADay: 2.2, imageShare: 0.12, buys: 0.8, subscribes: 0.1 };
const DEVOTED: Habit = { usesADay: 7, imageShare: 0.08, buys: 0.97, subscribes: 0.6 };

export function habitOf(chance: Chance): Habit {
  const kind = chance.next();
  if (kind < 0.5) return CURIOUS;
  return kind < 0.85 ? REGULAR : DEVOTED;
}

const FIRST: Some<string> = [
  ...(["Amber", "Aspen", "Birch", "Cedar", "Clover", "Coral", "Fern", "Flint", "Hazel", "Heath", "Indigo"] as const),
  ...["Ivy", "Jasper", "Juniper", "Laurel", "Linden", "Maple", "Moss", "Olive", "Opal", "Poppy", "Reed", "Robin"],
  ...["Rowan", "Rue", "Sage", "Sienna", "Sorrel", "Tansy", "Teal", "Umber", "Violet", "Willow", "Wren"],
];
const LAST: Some<string> = [
  ...(["Anvil", "Brook", "Candle", "Copper", "Dune", "Ember", "Feather", "Finch", "Grove", "Harbour"] as const),
  ...["Inkpot", "Kestrel", "Ladder", "Lantern", "Meadow", "Needle", "Nettle", "Orchard", "Parchment", "Pebble"],
  ...["Quill", "Ridge", "River", "Sparrow", "Spindle", "Teapot", "Thicket", "Thimble", "Vale", "Weaver", "Yarrow"],
];

/** A name made of two things, and an address at a domain that is nobody's. */
export function nameOf(chance: Chance, number: number): { name: string; email: string } {
  const [first, last] = [chance.pick(FIRST), chance.pick(LAST)];
  return { name: `${first} ${last}`, email: `${first}.${last}.${number}@example.org`.toLowerCase() };
}

const AGENTS: Some<string> = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 15; Mobile) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
];

export const agentOf = (chance: Chance) => chance.pick(AGENTS);
