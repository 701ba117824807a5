"use client";

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

const NEAR_PX = 64;

/**
 * Keeps a pane at its end while its content grows, until the reader scrolls up; then leaves it alone until they are
 * back at the end or ask to `jump` there. What is added above does not move what is being read. A pane without a
 * first message is left as it is.
 */
export function useStickToBottom(firstId: string | undefined) {
  const pane = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const sticking = useRef(true);
  const filled = useRef(firstId !== undefined);
  filled.current = firstId !== undefined;
  const before = useRef({ top: 0, height: 0, firstId });
  const [atEnd, setAtEnd] = useState(true);

  const toEnd = useCallback(() => {
    const element = pane.current;
    if (element) element.scrollTop = element.scrollHeight;
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
    const onScroll = () => {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      if (element.scrollTop < lastTop - 1 && !near) sticking.current = false;
      else if (near) sticking.current = true;
      lastTop = element.scrollTop;
      before.current.top = element.scrollTop;
      before.current.height = element.scrollHeight;
      setAtEnd(near || sticking.current);
    };
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && element.scrollTop > 0) sticking.current = false;
    };
    const observer = new ResizeObserver(() => {
      if (sticking.current && filled.current) toEnd();
      before.current.height = element.scrollHeight;
    });
    element.addEventListener("scroll", onScroll, { passive: true });
    element.addEventListener("wheel", onWheel, { passive: true });
    observer.observe(grown);
    observer.observe(element);
    if (filled.current) toEnd();
    return () => {
      element.removeEventListener("scroll", onScroll);
      element.removeEventListener("wheel", onWheel);
      observer.disconnect();
    };
  }, [toEnd]);

  useLayoutEffect(() => {
    const element = pane.current;
    if (!element) return;
    const { top, height, firstId: lastFirst } = before.current;
    if (lastFirst && firstId !== lastFirst && !sticking.current)
      element.scrollTop = top + element.scrollHeight - height;
    before.current = { top: element.scrollTop, height: element.scrollHeight, firstId };
  }, [firstId]);

  return { pane, content, atEnd, jump };
}
