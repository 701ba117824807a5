/** More than this share of one core used by strangers spoils a window. */
export const FOREIGN_MAX = 0.25;

/**
 * The windows worth counting: the quiet ones, or when there are too few of them the quietest.
 * @template {{ foreign: number }} W
 * @param {W[]} windows `foreign`: cores used by others, on average over the window
 * @param {number} least how many are needed
 * @returns {{ kept: W[], thrown: number, noisy: boolean }} `noisy`: some of those kept are not quiet
 */
export function quietWindows(windows, least) {
  const quiet = windows.filter(({ foreign }) => foreign <= FOREIGN_MAX);
  if (quiet.length >= least) return { kept: quiet, thrown: windows.length - quiet.length, noisy: false };
  const kept = windows.toSorted((one, other) => one.foreign - other.foreign).slice(0, least);
  return { kept, thrown: windows.length - kept.length, noisy: kept.some(({ foreign }) => foreign > FOREIGN_MAX) };
}

/** The cores others used between two looks at the machine and at ourselves, all in ticks. Never below zero. */
export function foreignCores(before, after) {
  const elapsed = after.total - before.total;
  if (elapsed <= 0) return 0;
  const foreign = after.busy - before.busy - (after.own - before.own);
  return Math.max(0, (foreign / elapsed) * after.cores);
}
