import { type ComponentType, lazy } from "react";

const RETRY_MS = 3_000;

/**
 * A component whose code is fetched when it is first drawn, and again and again where the network is away: until then
 * what stands in for it stays. On the server it is there at once.
 */
export function lazyAgain<P>(load: () => Promise<ComponentType<P>>) {
  const fetchIt = async (): Promise<{ default: ComponentType<P> }> => {
    try {
      return { default: await load() };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      return fetchIt();
    }
  };
  return lazy(fetchIt);
}
