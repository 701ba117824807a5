"use client";

import { useEffect, useState } from "react";

/** Milliseconds left of a wait that began when `milliseconds` was first seen; 0 when it is over. */
export function useCountdown(milliseconds: number | undefined): number {
  const [left, setLeft] = useState(milliseconds ?? 0);

  useEffect(() => {
    if (!milliseconds) return setLeft(0);
    const end = Date.now() + milliseconds;
    const tick = () => setLeft(Math.max(0, end - Date.now()));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [milliseconds]);

  return left;
}
