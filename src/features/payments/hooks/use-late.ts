"use client";

import { useEffect, useState } from "react";

/** True once something has been `awaited` for longer than anybody should have to wait. */
export function useLate(awaited: boolean, milliseconds: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!awaited) return;
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [awaited, milliseconds]);
  return awaited && late;
}
