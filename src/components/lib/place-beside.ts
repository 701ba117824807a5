const GAP_PX = 6;
const EDGE_PX = 8;

/** Puts a fixed `bubble` above or below `target`, where there is room, and never over the window's edge. */
export function placeBeside(bubble: HTMLElement, target: Element, side: "top" | "bottom"): void {
  const { top, bottom, left, width } = target.getBoundingClientRect();
  const above = top - GAP_PX - bubble.offsetHeight;
  const below = bottom + GAP_PX;
  const fitsAbove = above >= EDGE_PX;
  const fitsBelow = below + bubble.offsetHeight <= window.innerHeight - EDGE_PX;
  const goesAbove = side === "top" ? fitsAbove || !fitsBelow : fitsAbove && !fitsBelow;
  const most = Math.max(EDGE_PX, window.innerWidth - EDGE_PX - bubble.offsetWidth);
  const centred = left + width / 2 - bubble.offsetWidth / 2;
  bubble.style.top = `${goesAbove ? above : below}px`;
  bubble.style.left = `${Math.min(Math.max(centred, EDGE_PX), most)}px`;
}
