/** Sections to draw, counted from the end: those before them are the ones that come and go while a page is read. */
export interface Near {
  /** How many at the end are left plain. */
  below: number;
  /** How many from the end are drawn, those below included. */
  upTo: number;
}

/** A conversation opens at its end: so much of it fills any screen. */
export const AT_END: Near = { below: 0, upTo: 4 };

/** All there is: for paper. */
export const EVERYTHING: Near = { below: 0, upTo: Number.POSITIVE_INFINITY };

export const isNear = ({ below, upTo }: Near, index: number, count: number) => {
  const fromEnd = count - 1 - index;
  return fromEnd >= below && fromEnd < upTo;
};

/** Whether any of so many sections is near. */
export const isAnyNear = ({ below, upTo }: Near, from: number, size: number, count: number) =>
  count - from > below && count - from - size < upTo;

/** What is in either. */
export const both = (one: Near, other: Near): Near => ({
  below: Math.min(one.below, other.below),
  upTo: Math.max(one.upTo, other.upTo),
});

/**
 * Which sections come near a window.
 * @param firstAt the first section whose upper edge is at or below an edge
 * @param top of the window, in the same measure
 */
export function nearWindow(count: number, firstAt: (edge: number) => number, top: number, bottom: number): Near {
  const first = Math.max(0, firstAt(top) - 1);
  const end = firstAt(bottom);
  return { below: count - end, upTo: count - first };
}

/** The first section whose upper edge is at or below `edge`; `count` when there is none. */
export function firstBelow(count: number, topOf: (index: number) => number, edge: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topOf(middle) < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
