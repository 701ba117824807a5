"use client";

import { useCallback, useEffect, useState } from "react";

type Go = () => void;

/** What asks before a page with unsaved changes is left; there is one such page at a time. */
let ask: ((go: Go) => void) | undefined;

/** Goes where a script, not a link, wants to go; asks first when something on the page is not saved. */
export function leaveTo(go: Go): void {
  if (ask) ask(go);
  else go();
}

/**
 * Holds people back on a page with unsaved changes: whoever follows a link or goes back is asked first, and whoever closes or reloads
 * it is asked by the browser. `leaving` is where they were about to go.
 */
export function useLeaveGuard(isDirty: boolean) {
  const [leaving, setLeaving] = useState<{ go: Go }>();
  const stay = useCallback(() => setLeaving(undefined), []);

  useEffect(() => {
    if (!isDirty) return;
    const history = "navigation" in window ? window.navigation : undefined;
    // Once it is decided, nobody is asked twice.
    const offer = (go: Go) =>
      setLeaving({
        go: () => {
          stopAsking();
          go();
        },
      });
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || opensElsewhere(event, link)) return;
      event.preventDefault();
      event.stopPropagation();
      offer(() => link.click());
    };
    // The way back through the history; a browser without this interface lets it pass.
    const onTraverse = (event: NavigateEvent) => {
      if (event.navigationType !== "traverse" || !event.cancelable) return;
      event.preventDefault();
      const { key } = event.destination;
      offer(() => window.navigation.traverseTo(key));
    };
    const stopAsking = () => {
      ask = undefined;
      history?.removeEventListener("navigate", onTraverse);
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
    ask = offer;
    history?.addEventListener("navigate", onTraverse);
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, { capture: true });
    return stopAsking;
  }, [isDirty]);

  return { leaving, stay };
}

/** Whether a click leaves this page where it is: another tab, another spot of the same page, a download. */
function opensElsewhere(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const target = new URL(link.href, window.location.href);
  const samePage = target.origin === window.location.origin && target.pathname === window.location.pathname;
  const anotherTab = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || link.target === "_blank";
  return samePage || anotherTab || link.hasAttribute("download");
}
