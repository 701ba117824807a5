"use client";

import { useHydrated } from "./use-hydrated";

/**
 * `now`, except while hydrating: then it is `drawn`, what the server drew the page with. A part of the page that is
 * hydrated late would otherwise find something newer in the cache, and not match its own HTML.
 */
export const useAfterHydration = <T>(drawn: T, now: T): T => (useHydrated() ? now : drawn);
