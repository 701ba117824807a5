import { type Doc, decode, encode, isDocument, isNumeric, toNumber } from "./bson-values";
import type { Collection } from "./collection";
import { parseSort } from "./compare";
import { StoreError } from "./errors";
import { compileFilter } from "./matcher";
import { compilePipeline, type Documents, stageCount, stageEntry } from "./pipeline-stages";
import { planQuery } from "./planner";
import { type Query, readRows } from "./row-reader";

/** The part of a pipeline that the planner answers, and what is left for the stages. */
interface Split {
  query: Query;
  rest: unknown[];
}

/** Takes the leading `$match`, `$sort`, `$skip` and `$limit`, in this order, out of a pipeline. */
export function splitPipeline(pipeline: unknown[]): Split {
  const stages = pipeline.map(stageEntry);
  const matches: Doc[] = [];
  let position = 0;
  for (; stages[position]?.[0] === "$match"; position++) {
    const filter = stages[position]?.[1];
    if (!isDocument(filter)) throw new StoreError(15959, "the match filter must be an expression in an object");
    matches.push(filter);
  }
  const [only] = matches;
  const query: Query = { filter: matches.length > 1 ? { $and: matches } : (only ?? {}) };
  const sort = stages[position];
  if (sort?.[0] === "$sort" && isDocument(sort[1])) {
    query.sort = parseSort(sort[1]);
    position++;
  }
  const skip = stages[position];
  if (skip?.[0] === "$skip") {
    query.skip = stageCount("$skip", skip[1], 0);
    position++;
  }
  const limit = stages[position];
  if (limit?.[0] === "$limit") {
    query.limit = stageCount("$limit", limit[1], 1);
    position++;
  }
  return { query, rest: pipeline.slice(position) };
}

/** True for the one stage `countDocuments` ends with. */
function isCount(rest: unknown[]): boolean {
  const [stage, ...others] = rest;
  const group = isDocument(stage) ? stage.$group : undefined;
  if (others.length > 0 || !isDocument(group) || !isNumeric(group._id) || !isDocument(group.n)) return false;
  const { $sum: step } = group.n;
  return (
    Object.keys(group).length === 2 && Object.keys(group.n).length === 1 && isNumeric(step) && toNumber(step) === 1
  );
}

async function* decoded(collection: Collection, query: Query): Documents {
  for await (const { raw } of readRows(collection, query)) yield decode(raw);
}

const LOWER = ["$gt", "$gte"];
const UPPER = ["$lt", "$lte"];

/** True for a condition that holds for one stretch of times and nothing else. */
function isTimeRange(condition: unknown): boolean {
  if (!isDocument(condition)) return false;
  const operators = Object.keys(condition);
  const isOneOf = (names: string[]) => operators.filter((name) => names.includes(name)).length;
  const [lower, upper] = [isOneOf(LOWER), isOneOf(UPPER)];
  if (lower > 1 || upper > 1 || lower + upper === 0 || lower + upper < operators.length) return false;
  return Object.values(condition).every((value) => value instanceof Date);
}

/** How many documents a filter finds where that can be told without reading any; else undefined. */
function countKeys(collection: Collection, filter: Doc): number | undefined {
  const [only, ...others] = Object.entries(filter);
  if (!only) return collection.size();
  const [path, condition] = only;
  if (others.length > 0 || path.startsWith("$") || !isTimeRange(condition)) return undefined;
  const { index, spans } = planQuery(collection, { filter });
  // An array is entered under each of its elements; otherwise each entry is a document.
  if (index?.fields[0] !== path || index.multikey.includes(true)) return undefined;
  return spans.reduce((sum, { start, end }) => sum + collection.storage.countKeys(start, end), 0);
}

/** How many documents a query finds, without decoding more than the filter needs. */
export async function countRows(collection: Collection, query: Query): Promise<number> {
  const { filter, skip = 0, limit = 0 } = query;
  const known = countKeys(collection, filter);
  if (known !== undefined) {
    const left = Math.max(0, known - skip);
    return limit > 0 ? Math.min(left, limit) : left;
  }
  let count = 0;
  for await (const _row of readRows(collection, query)) count++;
  return count;
}

/** Runs a pipeline, yielding encoded documents. The pipeline is checked when this is called, not when it is read. */
export function aggregate(
  collection: Collection | undefined,
  pipeline: unknown[],
  deadline?: number,
): AsyncGenerator<Buffer> {
  const { query, rest } = splitPipeline(pipeline);
  const run = compilePipeline(rest);
  query.matches = compileFilter(query.filter);
  query.deadline = deadline;
  return (async function* () {
    if (collection && isCount(rest)) {
      const n = await countRows(collection, { ...query, sort: [] });
      const [, group] = stageEntry(rest[0]);
      if (n > 0) yield encode({ _id: isDocument(group) ? group._id : null, n });
      return;
    }
    if (collection && rest.length === 0) {
      for await (const { raw } of readRows(collection, query)) yield raw;
      return;
    }
    const source = collection ? decoded(collection, query) : (async function* () {})();
    for await (const document of run(source)) yield encode(document, true);
  })();
}
