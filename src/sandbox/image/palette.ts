import { hashText, pick } from "../hash";

/** Colours of one picture, as `#rrggbb`: a ground, its lighter edge, and inks from quiet to loud. */
export interface Palette {
  paper: string;
  glow: string;
  inks: readonly [string, string, string, string];
  accent: string;
}

const PALETTES = {
  sea: { paper: "#eef3f1", glow: "#cfe3e4", inks: ["#8fb9c4", "#4f8ca3", "#24566f", "#0f2c3f"], accent: "#e4572e" },
  forest: { paper: "#f1f0e4", glow: "#d9e2c4", inks: ["#a9bd8c", "#6b8f5e", "#3a5f42", "#19332a"], accent: "#d98e32" },
  night: { paper: "#141a2e", glow: "#2a3560", inks: ["#3f4d86", "#5f6fb0", "#94a1d6", "#d7ddf5"], accent: "#f3c969" },
  dawn: { paper: "#fbeee4", glow: "#f8d5bd", inks: ["#f0a98a", "#d9705f", "#96405a", "#43233f"], accent: "#f7b84b" },
  desert: { paper: "#f8eedb", glow: "#f0d9ad", inks: ["#dfb579", "#c48649", "#8d5430", "#4a2b20"], accent: "#2f7f86" },
  snow: { paper: "#f4f6f8", glow: "#dfe7ee", inks: ["#bccbd8", "#8aa1b4", "#4e6579", "#1f2e3c"], accent: "#c8443b" },
  bloom: { paper: "#fbf0f1", glow: "#f5d5da", inks: ["#eaa4b3", "#cb6f8d", "#884671", "#3c2347"], accent: "#5e8c61" },
  ember: { paper: "#1d1513", glow: "#3b221b", inks: ["#6a2f20", "#a8432a", "#dd6b35", "#f8c17a"], accent: "#ffe3a8" },
  ink: { paper: "#f5f1e8", glow: "#e6dfd0", inks: ["#b9b2a5", "#7c766d", "#3f3c39", "#161514"], accent: "#d8412f" },
  violet: { paper: "#f3effa", glow: "#dfd3f2", inks: ["#b79fdc", "#8566bd", "#523a8a", "#251a4a"], accent: "#f08a4b" },
} as const satisfies Record<string, Palette>;

type PaletteName = keyof typeof PALETTES;

const NAMES: readonly [PaletteName, ...PaletteName[]] = [
  "sea",
  "forest",
  "night",
  "dawn",
  "desert",
  "snow",
  "bloom",
  "ember",
  "ink",
  "violet",
];

const WORDS: [pattern: RegExp, name: PaletteName][] = [
  [/\b(night|moon|stars?|midnight|space|galaxy|cosmos|dark)\b/i, "night"],
  [/\b(sea|ocean|waves?|water|river|lake|rain|whale|fish|boat|ships?|blue|octopus)\b/i, "sea"],
  [/\b(forest|trees?|leaf|leaves|moss|jungle|garden|green|fox|frog)\b/i, "forest"],
  [/\b(dawn|sunrise|sunset|dusk|evening|morning|orange|peach)\b/i, "dawn"],
  [/\b(desert|sand|dunes?|camel|gold|golden|yellow|honey|autumn)\b/i, "desert"],
  [/\b(snow|ice|winter|arctic|mountains?|fog|mist|white|grey|gray)\b/i, "snow"],
  [/\b(flowers?|blossom|rose|cherry|spring|pink|love|heart)\b/i, "bloom"],
  [/\b(fire|flames?|volcano|lava|dragon|ember|red|crimson)\b/i, "ember"],
  [/\b(purple|violet|lavender|dream|magic|wizard)\b/i, "violet"],
  [/\b(ink|calligraphy|sketch|black|paper|zen|minimal)\b/i, "ink"],
];

/** The palette the prompt's words ask for, else one chosen by the prompt's hash; at times a neighbour, by `random`. */
export function choosePalette(prompt: string, random: () => number): Palette {
  const asked = WORDS.find(([pattern]) => pattern.test(prompt))?.[1];
  if (asked) return PALETTES[asked];
  const own = NAMES[hashText(prompt) % NAMES.length] ?? "ink";
  return PALETTES[random() < 0.75 ? own : pick(NAMES, random)];
}
