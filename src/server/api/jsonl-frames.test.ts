import fc from "fast-check";
import superjson from "superjson";
import { expect, test } from "vitest";
import { valueLine } from "./jsonl-frames";

/** superjson refuses to write them. */
const FORBIDDEN = /"(__proto__|constructor|prototype)"/;

const field = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined, -0, Number.NaN, 1n, new Date(0), new Map([[1, 2]]), [], {}, /x/, "\u2028", "\ud800"),
);
const anything = fc.oneof(
  fc.dictionary(fc.string(), field),
  fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withNullPrototype: true }),
);

test("a line says of any value what superjson would, also where it is not asked", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const chunk = [3, 1, [value === undefined ? [] : [value]]];
      fc.pre(!FORBIDDEN.test(fc.stringify(value)));
      expect(valueLine(value)).toBe(`${JSON.stringify(superjson.serialize(chunk))}\n`);
    }),
    { numRuns: 2_000 },
  );
});
