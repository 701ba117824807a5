import type { Turn } from "./message-tree";

/** A question with the answer below it: what is drawn, or left plain, as a whole. */
export interface Section {
  id: string;
  turns: Turn[];
  /** About how high it will be, in px: until it has been drawn. */
  guess: number;
}

/** Neighbours that are one box to the browser while none of them is drawn. */
export interface SectionGroup {
  /** Counted from the group that begins where the page began when it was opened. */
  number: number;
  /** How many sections come before it. */
  from: number;
  sections: Section[];
}

/** About the root of what a long conversation has: then neither the groups are many nor what is in one. */
const GROUP_SIZE = 20;

/** A branch cut into sections. Each begins with a question; the first may have lost its own to an earlier page. */
export function sectionsOf(turns: Turn[]): Section[] {
  const cut: [Turn, ...Turn[]][] = [];
  for (const turn of turns) {
    const last = cut.at(-1);
    if (last && turn.message.role === "assistant") last.push(turn);
    else cut.push([turn]);
  }
  return cut.map((inside) => ({ id: inside[0].message.id, turns: inside, guess: guessHeight(inside) }));
}

/**
 * Sections in groups, which stay what they are when earlier ones or later ones come.
 * @param anchor the section that begins a group, by id; the first one when there is none of that name
 */
export function groupsOf(sections: Section[], anchor: string | undefined): SectionGroup[] {
  const origin = Math.max(
    0,
    sections.findIndex(({ id }) => id === anchor),
  );
  const groups: SectionGroup[] = [];
  for (const [index, section] of sections.entries()) {
    const number = Math.floor((index - origin) / GROUP_SIZE);
    const last = groups.at(-1);
    if (last?.number === number) last.sections.push(section);
    else groups.push({ number, from: index, sections: [section] });
  }
  return groups;
}

/** A section's words without anything around them. */
export const plainText = (turns: Turn[]): string => turns.map(({ message }) => message.content).join("\n\n");

const LINE_PX = 30;
const LETTERS_A_LINE = 68;
/** Spaces, buttons and the receipt. */
const AROUND_PX = 150;

function guessHeight(turns: Turn[]): number {
  const paragraphs = plainText(turns).split("\n");
  const lines = paragraphs.reduce(
    (sum, paragraph) => sum + Math.max(1, Math.ceil(paragraph.length / LETTERS_A_LINE)),
    0,
  );
  return AROUND_PX + lines * LINE_PX;
}
