export interface Notice {
  text: string;
  /** The one thing to do about it. */
  action?: { label: string; onClick: () => void } | undefined;
}

type Show = (notice: Notice) => void;

const waiting: Notice[] = [];
const listeners = new Set<() => void>();
let show: Show | undefined;
let wanted = false;

/** Says something in passing, at the edge of the page. */
export function notify(text: string, action?: Notice["action"]): void {
  if (show) {
    show({ text, action });
    return;
  }
  waiting.push({ text, action });
  wanted = true;
  for (const listener of listeners) listener();
}

/** Whether anything was ever said: until then nothing need be there to show it. */
export const isWanted = () => wanted;

export function onWanted(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Hands all notices to whoever shows them, those that waited first. Returns how to stop. */
export function takeNotices(next: Show) {
  show = next;
  for (const notice of waiting.splice(0)) next(notice);
  return () => {
    show = undefined;
  };
}
