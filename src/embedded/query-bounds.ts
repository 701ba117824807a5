import { type Doc, isDocument, isNumeric, TypeOrder, toNumber, typeOrder } from "./bson-values";
import { regexParts } from "./compare";
import { isOperatorDocument } from "./matcher";

/** One end of a range of values. */
interface Bound {
  value: unknown;
  inclusive: boolean;
}

/**
 * What a filter demands of one path, in the terms an index can answer. It may be weaker than the filter, never
 * stronger: every candidate is matched again.
 */
export interface Bounds {
  points?: unknown[];
  lower?: Bound;
  upper?: Bound;
  /** Both ends come from one condition, so that in an array the same element meets them. */
  joint?: boolean;
}

const RANGE_TYPES = new Set<TypeOrder>([
  TypeOrder.number,
  TypeOrder.string,
  TypeOrder.document,
  TypeOrder.binary,
  TypeOrder.objectId,
  TypeOrder.boolean,
  TypeOrder.date,
]);

const isPoint = (value: unknown) => {
  const order = typeOrder(value);
  return order !== TypeOrder.regex && order !== TypeOrder.array;
};

const isRangeValue = (value: unknown) =>
  RANGE_TYPES.has(typeOrder(value)) && !(isNumeric(value) && Number.isNaN(toNumber(value)));

function restrict(all: Map<string, Bounds>, path: string, more: Bounds): void {
  const known = all.get(path);
  if (!known) {
    all.set(path, more);
    return;
  }
  if (more.points && (!known.points || more.points.length < known.points.length)) known.points = more.points;
  const reference = known.lower ?? known.upper;
  if (more.joint && reference) return;
  known.joint ??= more.joint;
  for (const end of ["lower", "upper"] as const) {
    const bound = more[end];
    // a range between two types holds nothing the index could show as one stretch
    if (!bound || known[end] || (reference && typeOrder(reference.value) !== typeOrder(bound.value))) continue;
    known[end] = bound;
  }
}

/** `/^abc/` is the range from "abc" up to "abd". */
function prefixBounds(pattern: string, options: string): Bounds | undefined {
  const literal = /^\^([A-Za-z0-9 _@:/-]+)/.exec(pattern)?.[1];
  if (!literal || /[imx]/.test(options) || pattern.includes("|")) return undefined;
  // a quantifier makes the last character optional
  if (/^[*?{]/.test(pattern.slice(literal.length + 1))) return undefined;
  const next = String.fromCharCode(literal.charCodeAt(literal.length - 1) + 1);
  return {
    lower: { value: literal, inclusive: true },
    upper: { value: literal.slice(0, -1) + next, inclusive: false },
    joint: true,
  };
}

function operatorBounds(all: Map<string, Bounds>, path: string, condition: Doc): void {
  for (const [operator, operand] of Object.entries(condition)) {
    switch (operator) {
      case "$eq":
        if (isPoint(operand)) restrict(all, path, { points: [operand] });
        break;
      case "$in":
        if (Array.isArray(operand) && operand.every(isPoint)) restrict(all, path, { points: operand });
        break;
      case "$gt":
      case "$gte":
        if (isRangeValue(operand)) restrict(all, path, { lower: { value: operand, inclusive: operator === "$gte" } });
        break;
      case "$lt":
      case "$lte":
        if (isRangeValue(operand)) restrict(all, path, { upper: { value: operand, inclusive: operator === "$lte" } });
        break;
      case "$elemMatch":
        if (isDocument(operand) && !isOperatorDocument(operand)) collect(all, operand, `${path}.`);
        break;
      case "$regex": {
        const { pattern, options } =
          typeof operand === "string" ? { pattern: operand, options: "" } : regexParts(operand);
        const bounds = prefixBounds(pattern, String(condition.$options ?? options));
        if (bounds) restrict(all, path, bounds);
        break;
      }
    }
  }
}

function collect(all: Map<string, Bounds>, filter: Doc, prefix: string): void {
  for (const [name, condition] of Object.entries(filter)) {
    const path = prefix + name;
    if (name === "$and") {
      for (const part of Array.isArray(condition) ? condition : []) collect(all, part, prefix);
    } else if (name.startsWith("$")) {
      // the other operators say nothing an index could use
    } else if (isOperatorDocument(condition)) {
      operatorBounds(all, path, condition);
    } else if (typeOrder(condition) === TypeOrder.regex) {
      const { pattern, options } = regexParts(condition);
      const bounds = prefixBounds(pattern, options);
      if (bounds) restrict(all, path, bounds);
    } else if (isPoint(condition)) {
      restrict(all, path, { points: [condition] });
    }
  }
}

/** What a filter demands of each path it names. */
export function collectBounds(filter: Doc): Map<string, Bounds> {
  const all = new Map<string, Bounds>();
  collect(all, filter, "");
  return all;
}

/** What an array must hold all of: its path, and the filter with each of the values alone in their place. */
export function arrayDemands(filter: Doc): { path: string; filters: Doc[] } | undefined {
  for (const [path, condition] of Object.entries(filter)) {
    if (path.startsWith("$") || !isOperatorDocument(condition) || !Array.isArray(condition.$all)) continue;
    return { path, filters: condition.$all.map((value: unknown) => ({ ...filter, [path]: value })) };
  }
  return undefined;
}
