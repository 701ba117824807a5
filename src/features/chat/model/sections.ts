import type { Turn } from "./message-tree";

/** A question with the answer below it: what is drawn, or left plain, as a whole. */
export interface Section {
  id: string;
  turns: Turn[];
}

/** A branch cut into sections. Each begins with a question; the first may have lost its own to an earlier page. */
export function sectionsOf(turns: Turn[]): Section[] {
  const sections: Section[] = [];
  for (const turn of turns) {
    const last = sections.at(-1);
    if (last && turn.message.role === "assistant") last.turns.push(turn);
    else sections.push({ id: turn.message.id, turns: [turn] });
  }
  return sections;
}

/** A section's words without anything around them. */
export const plainText = ({ turns }: Section): string => turns.map(({ message }) => message.content).join("\n\n");

const LINE_PX = 30;
const LETTERS_A_LINE = 68;
/** Spaces, buttons and the receipt. */
const AROUND_PX = 150;

/** About how high a section will be, for one that was never drawn. */
export function guessHeight(section: Section): number {
  const paragraphs = plainText(section).split("\n");
  const lines = paragraphs.reduce(
    (sum, paragraph) => sum + Math.max(1, Math.ceil(paragraph.length / LETTERS_A_LINE)),
    0,
  );
  return AROUND_PX + lines * LINE_PX;
}
