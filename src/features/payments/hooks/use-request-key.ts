"use client";

import { useMemo, useRef } from "react";
import { newKey } from "@/components/lib/new-key";

/** Idempotency keys for requests that may have arrived though nobody heard back: the same one repeated keeps its key. */
export function useRequestKey() {
  const kept = useRef<{ what: string; key: string }>(undefined);
  return useMemo(
    () => ({
      keyFor: (what: string) => {
        if (kept.current?.what !== what) kept.current = { what, key: newKey() };
        return kept.current.key;
      },
      /** It was answered: the next one is another. */
      forget: () => {
        kept.current = undefined;
      },
    }),
    [],
  );
}
