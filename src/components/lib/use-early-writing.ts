"use client";

import { type RefObject, useLayoutEffect, useRef } from "react";
import { useHydrated } from "./use-hydrated";

/**
 * Hands over what was written into a field before its page came alive: React would draw it empty again. An Enter at its
 * end was meant to send it.
 */
export function useEarlyWriting(field: RefObject<HTMLTextAreaElement | null>, keep: (text: string) => void): void {
  const drawnByServer = useRef(!useHydrated());

  useLayoutEffect(() => {
    const written = drawnByServer.current ? field.current?.value : "";
    drawnByServer.current = false;
    if (written) keep(written.trimEnd());
  }, [field, keep]);
}
