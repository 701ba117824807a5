"use client";

import { Activity, type ComponentType, lazy, Suspense, useState } from "react";
import { useHydrated } from "./use-hydrated";

const RETRY_MS = 3_000;

/**
 * A component whose code is fetched when it is first drawn, or by `fetch` before, again and again where the network is
 * away: until then `Instead` stands there. What the server drew stays, and comes alive when the code is there. That is
 * an Activity, not a Suspense: React would send what is larger than a few kB after the page, and show it a third of a
 * second later.
 */
export function lazyAgain<P extends object>(load: () => Promise<ComponentType<P>>, Instead: ComponentType<P>) {
  let loaded: ComponentType<P> | undefined;
  const fetch = async () => {
    loaded ??= await load();
    return loaded;
  };
  const fetchAgain = async (): Promise<{ default: ComponentType<P> }> => {
    try {
      return { default: await fetch() };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      return fetchAgain();
    }
  };
  const Fetched: ComponentType<P> = lazy(fetchAgain);

  function LazyAgain(props: P) {
    const hydrated = useHydrated();
    const [drawnByServer] = useState(!hydrated);
    // What is there is drawn at once: a lazy component would make even that wait.
    const [Part] = useState(() => loaded ?? Fetched);
    if (drawnByServer) {
      return (
        <Activity>
          <Part {...props} />
        </Activity>
      );
    }
    return (
      <Suspense fallback={<Instead {...props} />}>
        <Part {...props} />
      </Suspense>
    );
  }
  return Object.assign(LazyAgain, { fetch });
}
