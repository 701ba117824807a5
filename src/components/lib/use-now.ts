"use client";

import { useSyncExternalStore } from "react";

const MINUTE = 60_000;

let now: Date | undefined;

function subscribe(onChange: () => void) {
  const timer = setInterval(() => {
    now = new Date();
    onChange();
  }, MINUTE);
  return () => clearInterval(timer);
}

function snapshot() {
  now ??= new Date();
  return now;
}

const serverSnapshot = () => undefined;

/** The time, renewed every minute. Undefined on the server and at hydration, whose clock and zone are not the reader's. */
export function useNow(): Date | undefined {
  return useSyncExternalStore(subscribe, snapshot, serverSnapshot);
}
