"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { whenIdle } from "./when-idle";

/**
 * A part of the page that is seldom needed, fetched when it is: `want` it, and `part` is there soon after.
 * With `early`, its code is fetched ahead as soon as the page is at rest, so that it is there without a network too.
 */
export function useFetched<T>(load: () => Promise<T>, { early = false }: { early?: boolean } = {}) {
  const [part, setPart] = useState<{ value: T }>();
  const [failed, setFailed] = useState(false);
  const gone = useRef(false);

  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);
  useEffect(() => {
    // Should it fail now, it is fetched again, and the failure shown, when it is wanted.
    if (early) return whenIdle(() => void load().catch(() => undefined));
  }, [early, load]);

  const want = useCallback(() => {
    setFailed(false);
    load().then(
      (value) => {
        if (!gone.current) setPart({ value });
      },
      () => {
        if (!gone.current) setFailed(true);
      },
    );
  }, [load]);

  return { part: part?.value, failed, want };
}
