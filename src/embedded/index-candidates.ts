import { type Doc, isNumeric, TypeOrder, typeOrder } from "./bson-values";
import type { Collection } from "./collection";
import { equalValues, type SortField } from "./compare";
import type { Index } from "./index-definition";
import { afterPrefix, EXACT_KEY_BYTES, encodeKey, identPrefix, typeRange } from "./key-encoding";
import { compileFilter, isOperatorDocument } from "./matcher";
import type { Bounds } from "./query-bounds";

/** How the candidates of a query are read. */
export interface Plan {
  /** Undefined for the collection itself, which is ordered by `_id`. */
  index?: Index;
  /** False when every document is read because nothing narrows the search. */
  usesIndex: boolean;
  spans: Span[];
  reverse: boolean;
  /** True when the candidates come in the order that was asked for. */
  sorted: boolean;
  /** One plan for each branch of an `$or`; the rest is then unused. */
  branches?: Plan[];
  /** How many leading fields of the index narrow the search. */
  used: number;
  cost: number;
}

export interface Span {
  start: Buffer;
  end: Buffer;
}

export interface PlanRequest {
  filter: Doc;
  sort?: SortField[];
  /** How many documents are wanted; 0 for all. */
  limit?: number;
}

/** An index, or the collection seen as the index on `_id`. */
interface Candidate {
  index?: Index;
  fields: string[];
  directions: (1 | -1)[];
  multikey: boolean[];
  prefix: Buffer;
}

const MAX_SPANS = 2000;
const ESTIMATE_LIMIT = 40;
const NOTHING_TO_READ_FROM_INDEX = 1.2;

const cut = (key: Buffer) => (key.length > EXACT_KEY_BYTES ? key.subarray(0, EXACT_KEY_BYTES) : key);

export function candidateOf(collection: Collection, index?: Index): Candidate {
  return index
    ? { ...index, index, prefix: identPrefix(index.ident) }
    : { fields: ["_id"], directions: [1], multikey: [false], prefix: collection.start };
}

/** The stretch of keys between two bounds on the last constrained field. */
function rangeSpan(bounds: Bounds, direction: 1 | -1, multikey: boolean): Span {
  const { lower } = bounds;
  // in a multikey index the two ends may be met by different elements
  const upper = multikey && lower && !bounds.joint ? undefined : bounds.upper;
  const span = typeRange(typeOrder((lower ?? upper)?.value), direction);
  const edge = (value: unknown, after: boolean) => {
    const key = encodeKey([value], [direction]);
    return after ? afterPrefix(key) : key;
  };
  const [first, last] = direction === 1 ? [lower, upper] : [upper, lower];
  return {
    start: first ? edge(first.value, !first.inclusive) : span.start,
    end: last ? edge(last.value, last.inclusive) : span.end,
  };
}

interface Reach {
  spans: Span[];
  /** How many leading fields narrow the search. */
  used: number;
  /** Fields held to a single value, which therefore do not disturb the order of those after them. */
  fixed: Set<string>;
  single: boolean;
}

export function reach(candidate: Candidate, bounds: Map<string, Bounds>): Reach {
  let heads = [Buffer.alloc(0)];
  let tail: Span | undefined;
  let used = 0;
  let multikeyUsed = false;
  const fixed = new Set<string>();
  for (const [position, field] of candidate.fields.entries()) {
    const wanted = bounds.get(field);
    const direction = candidate.directions[position] ?? 1;
    if (!wanted) break;
    if (candidate.multikey[position]) {
      // two conditions on the same array may hold for different elements, so only one of them narrows
      if (multikeyUsed) break;
      multikeyUsed = true;
    }
    if (!wanted.points) {
      tail = rangeSpan(wanted, direction, candidate.multikey[position] === true);
      used++;
      break;
    }
    const points = wanted.points.map((value) => encodeKey([value], [direction]));
    if (heads.length * points.length > MAX_SPANS) break;
    heads = heads.flatMap((head) => points.map((point) => Buffer.concat([head, point])));
    if (points.length === 1) fixed.add(field);
    used++;
  }
  const distinct = [...new Map(heads.map((head) => [head.toString("latin1"), head])).values()].sort(Buffer.compare);
  const spans: Span[] = [];
  for (const head of distinct) {
    const start = cut(Buffer.concat([head, tail?.start ?? Buffer.alloc(0)]));
    const whole = tail ? Buffer.concat([head, tail.end]) : afterPrefix(cut(head));
    const end = whole.length > EXACT_KEY_BYTES ? afterPrefix(cut(whole)) : whole;
    const { prefix } = candidate;
    const span =
      used === 0
        ? { start: prefix, end: afterPrefix(prefix) }
        : { start: Buffer.concat([prefix, start]), end: Buffer.concat([prefix, end]) };
    if (Buffer.compare(span.start, span.end) < 0) spans.push(span);
  }
  return { spans, used, fixed, single: distinct.length === 1 };
}

/** Whether reading the candidate forwards (1) or backwards (-1) gives the order asked for; 0 for neither. */
function sortDirection(candidate: Candidate, { fixed, single }: Reach, sort: SortField[]): 1 | -1 | 0 {
  // an array is entered under each of its elements, so a multikey index has no one place for a document
  if (!single || candidate.multikey.includes(true)) return 0;
  const order = candidate.fields
    .map((field, position) => ({ field, direction: candidate.directions[position] ?? 1 }))
    .filter(({ field }) => !fixed.has(field));
  let overall: 1 | -1 | 0 = 0;
  for (const [position, { path, direction }] of sort.filter(({ path }) => !fixed.has(path)).entries()) {
    const entry = order[position];
    // `_id` decides every order alone
    if (!entry && order[position - 1]?.field === "_id") break;
    if (entry?.field !== path) return 0;
    const step = direction === entry.direction ? 1 : -1;
    if (overall !== 0 && step !== overall) return 0;
    overall = step;
  }
  return overall === 0 ? 1 : overall;
}

function estimate(collection: Collection, candidate: Candidate, { spans, used, fixed }: Reach): number {
  if (used === 0) return collection.size();
  // a unique key held to one value finds one document, which needs no counting
  if ((!candidate.index || candidate.index.unique) && fixed.size === candidate.fields.length) return 1;
  let count = 0;
  for (const { start, end } of spans) {
    count += collection.storage.countKeys(start, end, ESTIMATE_LIMIT);
    if (count >= ESTIMATE_LIMIT) return Math.max(count, collection.size() / 4 ** used);
  }
  return count;
}

export function tryCandidate(
  collection: Collection,
  candidate: Candidate,
  bounds: Map<string, Bounds>,
  request: PlanRequest,
) {
  const { sort = [], limit = 0 } = request;
  const reached = reach(candidate, bounds);
  const direction = sort.length > 0 ? sortDirection(candidate, reached, sort) : 1;
  const sorted = direction !== 0;
  let cost = estimate(collection, candidate, reached) * (candidate.index ? NOTHING_TO_READ_FROM_INDEX : 1);
  if (!sorted) cost = cost * 1.6 + 1;
  else if (sort.length > 0 && limit > 0) cost = Math.min(cost, Math.max(limit, cost * 0.1));
  const plan: Plan = {
    index: candidate.index,
    usesIndex: candidate.index !== undefined || reached.used > 0 || (sort.length > 0 && sorted),
    spans: reached.spans,
    reverse: direction === -1,
    sorted,
    used: reached.used,
    cost,
  };
  const worthwhile = !candidate.index || reached.used > 0 || candidate.index.partial || (sort.length > 0 && sorted);
  return { plan, worthwhile: Boolean(worthwhile) };
}

/** Whether every document the filter can match is entered in the index. */
export function covers(index: Index, filter: Doc, bounds: Map<string, Bounds>): boolean {
  return Object.entries(index.partial?.filter ?? {}).every(([path, wanted]) => {
    if (path in filter && equalValues(filter[path], wanted)) return true;
    const given = bounds.get(path);
    if (!given || !demandsValue(given)) return false;
    const matches = compileFilter({ value: wanted });
    if (given.points) return given.points.every((value) => matches({ value }));
    // the edge of a range tells the type of all that is in it, except which type of number
    const edge = (given.lower ?? given.upper)?.value;
    if (!isOperatorDocument(wanted) || "$eq" in wanted || !matches({ value: edge })) return false;
    return !isNumeric(edge) || wanted.$type === undefined || wanted.$type === "number";
  });
}

/** True when a missing or null field cannot meet the bounds. */
function demandsValue(bounds: Bounds | undefined): boolean {
  if (!bounds) return false;
  return bounds.points ? bounds.points.every((value) => typeOrder(value) !== TypeOrder.null) : true;
}
