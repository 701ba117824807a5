import { firstBelow } from "./near";

const topOf = (elements: HTMLCollection) => (index: number) => elements[index]?.getBoundingClientRect().top ?? 0;

/** The sections of a list in the document, in order: the children of its groups. */
export const sectionsIn = (list: Element): Element[] => [...list.children].flatMap((group) => [...group.children]);

/**
 * The first section whose upper edge is at or below `edge`, as the window has it; their number when there is none. Only
 * in the group where that may be is anything measured: what is in others may not have been laid out.
 */
export function firstSectionBelow({ children: groups }: Element, edge: number): number {
  const after = firstBelow(groups.length, topOf(groups), edge);
  const passed = [...groups].slice(0, after);
  const around = passed.pop()?.children;
  if (!around) return 0;
  const before = passed.reduce((sum, { childElementCount }) => sum + childElementCount, 0);
  return before + firstBelow(around.length, topOf(around), edge);
}
