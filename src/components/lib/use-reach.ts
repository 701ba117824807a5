"use client";

import { useEffect, useRef } from "react";

/** Calls `onReach` whenever the element carrying the returned ref comes into view, or is about to. */
export function useReach(onReach: () => void, active: boolean) {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(onReach);
  useEffect(() => {
    latest.current = onReach;
  });

  useEffect(() => {
    const target = element.current;
    if (!target || !active) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: "400px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [active]);

  return element;
}
