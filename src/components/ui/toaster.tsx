"use client";

import { useEffect, useSyncExternalStore } from "react";
import { isWanted, onWanted } from "../lib/notify";
import { useFetched } from "../lib/use-fetched";

const load = () => import("./toast-board").then(({ ToastBoard }) => ToastBoard);

/** Where short notices appear, each with at most one thing to do about it. */
export function Toaster() {
  const wanted = useSyncExternalStore(onWanted, isWanted, () => false);
  const { part: Board, want } = useFetched(load, { early: true });
  useEffect(() => {
    if (wanted) want();
  }, [wanted, want]);
  return Board && <Board />;
}
