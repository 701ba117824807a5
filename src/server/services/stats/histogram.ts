/** How many durations there were of each size: `[bucket, count]`, smallest first. */
export type Histogram = [bucket: number, count: number][];

/** Each bucket reaches this much further than the one before, so a percentile is right to half of it. */
const GROWTH = 1.04;

const bucketOf = (ms: number) => Math.max(0, Math.round(Math.log(ms) / Math.log(GROWTH)));

export function histogramOf(durations: number[]): Histogram {
  return merged([durations.map((ms): [number, number] => [bucketOf(ms), 1])]);
}

export function merged(histograms: Histogram[]): Histogram {
  const counts = new Map<number, number>();
  for (const [bucket, count] of histograms.flat()) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return [...counts].sort(([one], [other]) => one - other);
}

/** What so large a share of the durations does not exceed, in ms; null without any. */
export function percentile(histogram: Histogram, share: number): number | null {
  const total = histogram.reduce((sum, [, count]) => sum + count, 0);
  let left = share * total;
  for (const [bucket, count] of histogram) {
    left -= count;
    if (left <= 0) return Math.round(GROWTH ** bucket);
  }
  return null;
}
