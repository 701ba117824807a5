"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { firstSectionBelow, sectionsIn } from "../model/placed-sections";

const NEAR_PX = 64;

interface Place {
  section: Element;
  /** Where its upper edge is seen, below that of the pane. */
  top: number;
}

/**
 * Keeps the reader where they are while what is above and below them changes. At the end of the page they stay at its
 * end as it grows, until they scroll up; from then on what they look at stays where it is, until they are back at the
 * end or ask to `jump` there.
 *
 * The pane scrolls from its end (`flex-col-reverse`): there `scrollTop` is 0, above it negative. So a page stands at its
 * end before any code has run, and stays there as it grows without any.
 * @param sections that make up the page, one below the other, in groups
 */
export function useReadingPlace(sections: RefObject<HTMLElement | null>) {
  const pane = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticking = useRef(true);
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    const element = pane.current;
    if (element) element.scrollTop = 0;
  }, []);
  const jump = useCallback(() => {
    sticking.current = true;
    setAtEnd(true);
    toEnd();
  }, [toEnd]);

  useEffect(() => {
    const element = pane.current;
    const grown = content.current;
    if (!element || !grown) return;
    let lastTop = element.scrollTop;
    let place: Place | undefined;

    const onScroll = () => {
      const near = -element.scrollTop < NEAR_PX;
      if (element.scrollTop < lastTop - 1 && !near) sticking.current = false;
      else if (near) sticking.current = true;
      lastTop = element.scrollTop;
      place = sticking.current ? undefined : placeIn(element, sections.current);
      setAtEnd(near || sticking.current);
    };
    const onWheel = (event: WheelEvent) => {
      const above = element.scrollHeight - element.clientHeight + element.scrollTop;
      if (event.deltaY < 0 && above > 0) sticking.current = false;
    };
    const observer = new ResizeObserver(() => {
      if (sticking.current) return toEnd();
      if (place?.section.isConnected) element.scrollTop += topIn(element, place.section) - place.top;
    });
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: true });
    observer.observe(grown);
    observer.observe(element);
    return () => {
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
      observer.disconnect();
    };
  }, [sections, toEnd]);

  return { pane, content, atEnd, jump };
}

const topIn = (pane: HTMLElement, section: Element) =>
  section.getBoundingClientRect().top - pane.getBoundingClientRect().top;

/** The section that is seen first. */
function placeIn(pane: HTMLElement, sections: HTMLElement | null): Place | undefined {
  if (!sections) return undefined;
  const below = firstSectionBelow(sections, pane.getBoundingClientRect().top + 1);
  const section = sectionsIn(sections)[Math.max(0, below - 1)];
  return section && { section, top: topIn(pane, section) };
}
