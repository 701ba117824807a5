"use client";

import { useSyncExternalStore } from "react";

const never = () => () => {};

/** False on the server and while its page comes alive, true in whatever the browser draws from then on. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
