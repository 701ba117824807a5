import type { Binary, BSONRegExp, ObjectId } from "bson";
import {
  binaryParts,
  type Doc,
  EMPTY_ARRAY,
  getField,
  isArrayIndex,
  isDocument,
  isNumeric,
  type Numeric,
  TypeOrder,
  toNumber,
  typeOrder,
} from "./bson-values";
import { badValue, StoreError } from "./errors";
import { compareNumbers } from "./numbers";

const SURROGATE = /[\ud800-\udfff]/;

/** Orders strings by their UTF-8 bytes, which differs from JavaScript's order only where surrogates are. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  if (SURROGATE.test(left) || SURROGATE.test(right)) return Buffer.compare(Buffer.from(left), Buffer.from(right));
  return left < right ? -1 : 1;
}

/** Pattern and flags of a regular expression, whichever class holds it. */
export function regexParts(value: unknown): { pattern: string; options: string } {
  if (value instanceof RegExp) return { pattern: value.source, options: value.flags };
  const { pattern, options } = value as BSONRegExp;
  return { pattern, options };
}

const difference = (left: number | bigint, right: number | bigint) => (left < right ? -1 : left > right ? 1 : 0);

function compareDocuments(left: Doc, right: Doc): number {
  const a = Object.entries(left);
  const b = Object.entries(right);
  for (const [position, [name, value]] of a.entries()) {
    const other = b[position];
    if (!other) return 1;
    const order =
      difference(typeOrder(value), typeOrder(other[1])) ||
      compareStrings(name, other[0]) ||
      compareValues(value, other[1]);
    if (order) return order;
  }
  return difference(a.length, b.length);
}

function compareArrays(left: unknown[], right: unknown[]): number {
  const shared = Math.min(left.length, right.length);
  for (let position = 0; position < shared; position++) {
    const order = compareValues(left[position], right[position]);
    if (order) return order;
  }
  return difference(left.length, right.length);
}

function compareBinary(left: Binary | Uint8Array, right: Binary | Uint8Array): number {
  const a = binaryParts(left);
  const b = binaryParts(right);
  return (
    difference(a.bytes.length, b.bytes.length) || difference(a.subType, b.subType) || Buffer.compare(a.bytes, b.bytes)
  );
}

/** MongoDB's total order over BSON values. */
export function compareValues(left: unknown, right: unknown): number {
  const order = typeOrder(left);
  const other = typeOrder(right);
  if (order !== other) return order < other ? -1 : 1;
  switch (order) {
    case TypeOrder.number:
      return compareNumbers(left as Numeric, right as Numeric);
    case TypeOrder.string:
      return compareStrings(String(left), String(right));
    case TypeOrder.boolean:
      return difference(Number(left), Number(right));
    case TypeOrder.date:
      return difference((left as Date).getTime(), (right as Date).getTime());
    case TypeOrder.objectId:
      return Buffer.compare((left as ObjectId).id, (right as ObjectId).id);
    case TypeOrder.binary:
      return compareBinary(left as Binary, right as Binary);
    case TypeOrder.regex: {
      const a = regexParts(left);
      const b = regexParts(right);
      return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
    }
    case TypeOrder.array:
      return compareArrays(left as unknown[], right as unknown[]);
    case TypeOrder.document:
      return compareDocuments(left as Doc, right as Doc);
    default:
      return 0;
  }
}

export const equalValues = (left: unknown, right: unknown) => compareValues(left, right) === 0;

/** One field of a sort: the path and 1 or -1. */
export interface SortField {
  path: string;
  direction: 1 | -1;
}

/** Reads `{ field: 1 | -1, … }`, refusing anything else. */
export function parseSort(spec: Doc): SortField[] {
  return Object.entries(spec).map(([path, given]) => {
    if (isDocument(given)) throw badValue(`the sort on '${path}' is not 1 or -1; $meta is not supported`);
    const direction = isNumeric(given) ? toNumber(given) : 0;
    if (direction !== 1 && direction !== -1) {
      throw new StoreError(15975, "$sort key ordering must be 1 (for ascending) or -1 (for descending)");
    }
    return { path, direction };
  });
}

/** The value a document is sorted by: of an array, its least element when ascending and its greatest when descending. */
function sortValue(document: unknown, path: string[], direction: 1 | -1): unknown {
  let best: unknown;
  let found = false;
  const offer = (value: unknown) => {
    if (!found || compareValues(value, best) * direction < 0) best = value;
    found = true;
  };
  const visit = (value: unknown, depth: number): void => {
    const name = path[depth];
    if (Array.isArray(value)) {
      if (name === undefined) {
        if (value.length === 0) offer(EMPTY_ARRAY);
        for (const element of value) offer(element ?? null);
      } else if (isArrayIndex(name) && value[Number(name)] !== undefined) {
        visit(value[Number(name)], depth + 1);
      } else {
        for (const element of value) if (isDocument(element)) visit(element, depth);
      }
    } else if (name === undefined) {
      offer(value ?? null);
    } else if (isDocument(value)) {
      visit(getField(value, name), depth + 1);
    } else {
      offer(null);
    }
  };
  visit(document, 0);
  return found ? best : null;
}

/** Compares documents by a sort, reading each document's keys once. */
export function sortOrder(fields: SortField[]) {
  const paths = fields.map(({ path, direction }) => ({ path: path.split("."), direction }));
  return {
    keysOf: (document: unknown) => paths.map(({ path, direction }) => sortValue(document, path, direction)),
    compareKeys(left: unknown[], right: unknown[]): number {
      for (const [position, { direction }] of paths.entries()) {
        const order = compareValues(left[position], right[position]);
        if (order) return order * direction;
      }
      return 0;
    },
  };
}

/** Sorts values in memory, keeping the order of equals. */
export function sortInMemory<T>(values: T[], fields: SortField[]): T[] {
  const order = sortOrder(fields);
  return values
    .map((value) => ({ value, keys: order.keysOf(value) }))
    .sort((left, right) => order.compareKeys(left.keys, right.keys))
    .map(({ value }) => value);
}
