"use client";

import { type ComponentType, type KeyboardEvent, type ReactElement, useEffect } from "react";
import { notify } from "../lib/notify";
import { Slot } from "../lib/slot";
import { useFetched } from "../lib/use-fetched";

interface OpenerProps<P extends object> {
  /** Fetches the whole of it: it is given its button, and stands open from the start. */
  load: () => Promise<ComponentType<P & { button: ReactElement }>>;
  inside: P;
  kind: "menu" | "dialog";
  /** The button. */
  children: ReactElement;
}

/** A button behind which something opens that is fetched when the page is at rest, or when it is first wanted. */
export function Opener<P extends object>({ load, inside, kind, children }: OpenerProps<P>) {
  const { part: Part, failed, want } = useFetched(load, { early: true });
  useEffect(() => {
    if (failed) notify("This could not be opened. Check your connection and try again.");
  }, [failed]);

  if (Part) return <Part {...inside} button={children} />;
  const onKeyDown = (event: KeyboardEvent) => {
    if (kind !== "menu" || event.key !== "ArrowDown") return;
    event.preventDefault();
    want();
  };
  return (
    <Slot aria-haspopup={kind} aria-expanded={false} onClick={want} onKeyDown={onKeyDown}>
      {children}
    </Slot>
  );
}
