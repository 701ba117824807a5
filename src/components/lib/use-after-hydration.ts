"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * `now`, except while hydrating: then it is `drawn`, what the server drew the page with. A part of the page that is
 * hydrated late would otherwise find something newer in the cache, and not match its own HTML.
 */
export function useAfterHydration<T>(drawn: T, now: T): T {
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return hydrated ? now : drawn;
}
