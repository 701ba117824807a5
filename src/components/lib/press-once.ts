import type { KeyboardEvent, MouseEvent } from "react";

/** For a line to write in: Enter does it, once however long the key is held; Shift and Enter begins a line. */
export function onEnter(act: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (!event.repeat) act();
  };
}

/**
 * For a button that costs something, or that takes the place of another when that is pressed: the second click of a
 * double click is not meant for it.
 */
export function onFirstClick(act?: () => void) {
  return (event: MouseEvent) => {
    if (event.detail > 1) event.preventDefault();
    else act?.();
  };
}
