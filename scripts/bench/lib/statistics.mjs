/**
 * The value below which a share of the samples lies, between the two nearest of them. NaN without samples.
 * @param {number[]} samples in any order
 * @param {number} share from 0 to 1
 */
export function quantile(samples, share) {
  if (samples.length === 0) return Number.NaN;
  const sorted = samples.toSorted((one, other) => one - other);
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
}

/** @param {number[]} samples */
export const median = (samples) => quantile(samples, 0.5);

/** @param {number[]} samples */
export const sum = (samples) => samples.reduce((total, value) => total + value, 0);

/** The medians of the four quarters of a series, oldest first. */
export function medianOfQuarters(samples) {
  return [0, 1, 2, 3].map((quarter) =>
    median(samples.slice(Math.floor((quarter * samples.length) / 4), Math.floor(((quarter + 1) * samples.length) / 4))),
  );
}
