"use client";

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { AT_END, both, EVERYTHING, isNear, type Near, nearWindow } from "../model/near";
import { firstSectionBelow, sectionsIn } from "../model/placed-sections";

/** Drawn beyond either edge of the pane, in its heights: so much can be scrolled before the rest is drawn. */
const BEYOND = 1;

interface Drawn {
  near: Near;
  /** Of sections that were drawn and are not any more, by id. */
  heights: ReadonlyMap<string, number>;
}

/**
 * Which of the sections in the groups of `list` are near enough to what `pane` shows to be drawn.
 * @param ids of the sections, from top to bottom
 */
export function useNear(
  pane: RefObject<HTMLElement | null>,
  list: RefObject<HTMLElement | null>,
  ids: readonly string[],
): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ near: AT_END, heights: new Map() });
  const last = useRef({ drawn, ids });
  last.current.ids = ids;

  const draw = useCallback(
    (near: Near) => {
      const { drawn: before, ids: known } = last.current;
      if (near.below === before.near.below && near.upTo === before.near.upTo) return;
      const heights = new Map(before.heights);
      const sections = list.current ? sectionsIn(list.current) : [];
      known.forEach((id, index) => {
        if (isNear(near, index, known.length) || !isNear(before.near, index, known.length)) return;
        const section = sections[index];
        if (section) heights.set(id, section.getBoundingClientRect().height);
      });
      last.current.drawn = { near, heights };
      setDrawn(last.current.drawn);
    },
    [list],
  );

  const look = useCallback(() => {
    const sections = list.current;
    if (!pane.current || !sections) return;
    const { top, height } = pane.current.getBoundingClientRect();
    const firstAt = (edge: number) => firstSectionBelow(sections, edge);
    const near = nearWindow(last.current.ids.length, firstAt, top - BEYOND * height, top + (1 + BEYOND) * height);
    // What is selected stays as it is until it is copied.
    const selection = document.getSelection();
    const selecting = selection && !selection.isCollapsed && sections.contains(selection.anchorNode);
    draw(selecting ? both(near, last.current.drawn.near) : near);
  }, [pane, list, draw]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: sections came or went.
  useLayoutEffect(look, [look, ids]);
  useEffect(() => {
    const scrolled = pane.current;
    const sections = list.current;
    if (!scrolled || !sections) return;
    const observer = new ResizeObserver(look);
    const onPrint = () => flushSync(() => draw(EVERYTHING));
    observer.observe(sections);
    observer.observe(scrolled);
    scrolled.addEventListener("scroll", look, { passive: true });
    window.addEventListener("beforeprint", onPrint);
    window.addEventListener("afterprint", look);
    return () => {
      observer.disconnect();
      scrolled.removeEventListener("scroll", look);
      window.removeEventListener("beforeprint", onPrint);
      window.removeEventListener("afterprint", look);
    };
  }, [pane, list, look, draw]);

  return drawn;
}
