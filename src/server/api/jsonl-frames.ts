import superjson from "superjson";

/**
 * The lines in which tRPC's JSONL producer sends a batch of one call that answers with a stream: an envelope of promises,
 * told in the preamble, and then a line per value. `stream-mutation.test.ts` compares every byte.
 */
export const PREAMBLE = [
  { 0: [[0], [null, 0, 0]] },
  [0, 0, [[{ result: 0 }], ["result", 0, 1]]],
  [1, 0, [[{ data: 0 }], ["data", 0, 2]]],
  [2, 0, [[0], [null, 1, 3]]],
]
  .map(line)
  .join("");

/** A value of the stream. */
export function valueLine(value: unknown): string {
  // What superjson makes of plain values is themselves; looking is far cheaper than asking it.
  return isPlain(value) ? `{"json":[3,1,[[${JSON.stringify(value)}]]]}\n` : line([3, 1, [encode(value)]]);
}

/** The stream's end, with what its generator returned. */
export const endLine = (returned: unknown): string => line([3, 0, [encode(returned)]]);

/** The stream's end by an error, in the form of the router's formatter. */
export const errorLine = (shape: unknown): string => line([3, 2, shape]);

function line(chunk: unknown): string {
  return `${JSON.stringify(superjson.serialize(chunk))}\n`;
}

const encode = (value: unknown): unknown[] => (value === undefined ? [] : [value]);

/** An object of nothing but texts, truth values, nulls and numbers that JSON can tell. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every(
    (it) => it === null || typeof it === "string" || typeof it === "boolean" || isJsonNumber(it),
  );
}

const isJsonNumber = (value: unknown): boolean => Number.isFinite(value) && !Object.is(value, -0);
