import fc from "fast-check";
import { expect, test } from "vitest";
import { histogramOf, merged, percentile } from "./histogram";

test("a percentile is right to two per cent", () => {
  const durations = fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1 });
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.95), (all, share) => {
      const exact = all.toSorted((one, other) => one - other)[Math.ceil(share * all.length) - 1] ?? 0;
      const told = percentile(histogramOf(all), share) ?? 0;
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(0.02 * exact + 0.5);
    }),
  );
});

test("hours put together tell the same as the whole", () => {
  const durations = fc.array(fc.integer({ min: 0, max: 100_000 }));
  fc.assert(
    fc.property(durations, durations, (one, other) => {
      expect(merged([histogramOf(one), histogramOf(other)])).toEqual(histogramOf([...one, ...other]));
    }),
  );
});

test("without any duration there is no percentile", () => {
  expect(percentile([], 0.5)).toBeNull();
});
