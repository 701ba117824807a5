import { calculateObjectSize } from "bson";
import { compileAccumulator } from "./accumulators";
import {
  type Doc,
  decodePlain,
  getField,
  isArrayIndex,
  isDocument,
  isNumeric,
  setField,
  toNumber,
} from "./bson-values";
import type { Catalog } from "./catalog";
import { parseSort, sortInMemory } from "./compare";
import { badValue, notSupported, StoreError } from "./errors";
import { compileExpression } from "./expressions";
import { encodeValue } from "./key-encoding";
import { compileFilter } from "./matcher";
import { compileExclusion, compileStageProjection, flattenSpec, type Project, setPath } from "./projection";
import { findRows } from "./row-reader";

export type Documents = AsyncIterable<Doc>;
export type Stage = (documents: Documents) => Documents;

/** What a stage may look at besides its input. */
export interface StageContext {
  catalog: Catalog;
  database: string;
}

const MAX_HELD_BYTES = 100 * 1024 * 1024;

/** Holds all documents at once, up to a limit. */
async function gather(documents: Documents): Promise<Doc[]> {
  const held: Doc[] = [];
  let bytes = 0;
  for await (const document of documents) {
    bytes += calculateObjectSize(document);
    if (bytes > MAX_HELD_BYTES) {
      throw new StoreError(292, `the pipeline exceeded its memory limit of ${MAX_HELD_BYTES} bytes`);
    }
    held.push(document);
  }
  return held;
}

async function* each(documents: Iterable<Doc>): Documents {
  yield* documents;
}

const mapping = (project: Project): Stage =>
  async function* (documents) {
    for await (const document of documents) yield project(document);
  };

function documentSpec(name: string, spec: unknown): Doc {
  if (!isDocument(spec)) throw new StoreError(40272, `the ${name} specification must be an object`);
  return spec;
}

/** The number a `$skip` or `$limit` stage takes. */
export function stageCount(name: string, spec: unknown, least: number): number {
  const count = isNumeric(spec) ? toNumber(spec) : Number.NaN;
  if (!Number.isInteger(count) || count < least) throw new StoreError(15958, `${name} must be a number >= ${least}`);
  return count;
}

function match(spec: unknown): Stage {
  const matches = compileFilter(spec);
  return async function* (documents) {
    for await (const document of documents) if (matches(document)) yield document;
  };
}

function sort(spec: unknown): Stage {
  const fields = parseSort(documentSpec("$sort", spec));
  return async function* (documents) {
    yield* sortInMemory(await gather(documents), fields);
  };
}

function skip(spec: unknown): Stage {
  const count = stageCount("$skip", spec, 0);
  return async function* (documents) {
    let seen = 0;
    for await (const document of documents) if (++seen > count) yield document;
  };
}

function limit(spec: unknown): Stage {
  const count = stageCount("$limit", spec, 1);
  return async function* (documents) {
    let seen = 0;
    for await (const document of documents) {
      yield document;
      if (++seen >= count) return;
    }
  };
}

function addFields(spec: unknown): Stage {
  const fields = flattenSpec(documentSpec("$addFields", spec)).map(([path, expression]) => ({
    path: path.split("."),
    evaluate: compileExpression(expression),
  }));
  return mapping((document) => {
    const result = { ...document };
    for (const { path, evaluate } of fields) setPath(result, path, evaluate(document));
    return result;
  });
}

function unset(spec: unknown): Stage {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (!paths.every((path) => typeof path === "string")) throw badValue("$unset takes field names");
  return mapping(compileExclusion(paths));
}

function count(spec: unknown): Stage {
  if (typeof spec !== "string" || !spec || spec.startsWith("$") || spec.includes(".")) {
    throw new StoreError(40156, "the count field must be a non-empty string without '$' and '.'");
  }
  return async function* (documents) {
    let total = 0;
    for await (const _document of documents) total++;
    if (total > 0) yield { [spec]: total };
  };
}

function replaceRoot(newRoot: unknown): Stage {
  const evaluate = compileExpression(newRoot);
  return mapping((document) => {
    const root = evaluate(document);
    if (!isDocument(root)) throw new StoreError(40228, "'newRoot' expression must evaluate to an object");
    return root;
  });
}

function readPath(document: Doc, path: readonly string[]): unknown {
  let value: unknown = document;
  for (const name of path) value = isDocument(value) ? getField(value, name) : undefined;
  return value;
}

function unwind(spec: unknown): Stage {
  const options = isDocument(spec) ? spec : { path: spec };
  const { path: given, preserveNullAndEmptyArrays: keepEmpty, includeArrayIndex: indexField, ...unknown } = options;
  const [other] = Object.keys(unknown);
  if (other) throw new StoreError(28811, `unrecognized option to $unwind stage: ${other}`);
  if (typeof given !== "string" || !given.startsWith("$")) {
    throw new StoreError(28818, "path option to $unwind stage should be prefixed with a '$'");
  }
  const path = given.slice(1).split(".");
  const remove = compileExclusion([path.join(".")]);
  const emit = (document: Doc, value: unknown, position: number | null): Doc => {
    const result = value === undefined ? remove(document) : { ...document };
    setPath(result, path, value);
    if (typeof indexField === "string") setPath(result, indexField.split("."), position);
    return result;
  };
  return async function* (documents) {
    for await (const document of documents) {
      const value = readPath(document, path);
      if (Array.isArray(value) && value.length > 0) {
        for (const [position, element] of value.entries()) yield emit(document, element, position);
      } else if (value !== null && value !== undefined && !Array.isArray(value)) {
        yield emit(document, value, null);
      } else if (keepEmpty) {
        yield emit(document, Array.isArray(value) ? undefined : value, null);
      }
    }
  };
}

/** Without the fields that came out missing, which are not the same as null. */
function withoutMissing(value: unknown): unknown {
  if (!isDocument(value) || value._bsontype !== undefined) return value;
  const result: Doc = {};
  for (const [name, field] of Object.entries(value)) {
    if (field !== undefined) setField(result, name, withoutMissing(field));
  }
  return result;
}

function group(spec: unknown): Stage {
  const { _id: id, ...fields } = documentSpec("$group", spec);
  if (id === undefined) throw new StoreError(15955, "a group specification must include an _id");
  const evaluateId = compileExpression(id);
  const outputs = Object.entries(fields).map(([name, accumulator]) => ({
    name,
    ...compileAccumulator(name, documentSpec(name, accumulator)),
  }));
  return async function* (documents) {
    const groups = new Map<string, { id: unknown; gathered: ReturnType<(typeof outputs)[number]["create"]>[] }>();
    for await (const document of documents) {
      const key = withoutMissing(evaluateId(document)) ?? null;
      const name = encodeValue(key).toString("latin1");
      const known = groups.get(name) ?? { id: key, gathered: outputs.map(({ create }) => create()) };
      groups.set(name, known);
      for (const [position, { evaluate }] of outputs.entries()) known.gathered[position]?.add(evaluate(document));
    }
    for (const { id, gathered } of groups.values()) {
      const result: Doc = { _id: id };
      for (const [position, { name }] of outputs.entries()) result[name] = gathered[position]?.result();
      yield result;
    }
  };
}

function facet(spec: unknown, context: StageContext): Stage {
  const branches = Object.entries(documentSpec("$facet", spec)).map(([name, pipeline]) => {
    if (!Array.isArray(pipeline)) throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, run: compilePipeline(pipeline, context) };
  });
  return async function* (documents) {
    const input = await gather(documents);
    const result: Doc = {};
    for (const { name, run } of branches) result[name] = await gather(run(each(input)));
    yield result;
  };
}

/** All values a path reaches, with arrays taken apart. */
export function reachedValues(value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (Array.isArray(value)) {
    const addressed = isArrayIndex(name) ? reachedValues(value[Number(name)], rest) : [];
    return [...addressed, ...value.filter(isDocument).flatMap((element) => reachedValues(element, path))];
  }
  return isDocument(value) ? reachedValues(getField(value, name), rest) : [];
}

function lookup(spec: unknown, { catalog, database }: StageContext): Stage {
  const { from, localField, foreignField, as, ...unknown } = documentSpec("$lookup", spec);
  const [other] = Object.keys(unknown);
  if (other) throw notSupported(`$lookup with '${other}'`);
  const names = [from, localField, foreignField, as];
  if (!names.every((name) => typeof name === "string")) {
    throw new StoreError(9, "$lookup needs from, localField, foreignField and as");
  }
  return mapping((document) => {
    const collection = catalog.collections.get(`${database}.${String(from)}`);
    const local = reachedValues(document, String(localField).split("."));
    const filter = { [String(foreignField)]: { $in: local.length > 0 ? local : [null] } };
    const found = collection ? [...findRows(collection, { filter })].map(({ raw }) => decodePlain(raw)) : [];
    const result = { ...document };
    setPath(result, String(as).split("."), found);
    return result;
  });
}

const STAGES: Record<string, (spec: unknown, context: StageContext) => Stage> = {
  $match: match,
  $sort: sort,
  $skip: skip,
  $limit: limit,
  $project: (spec) => mapping(compileStageProjection(documentSpec("$project", spec))),
  $addFields: addFields,
  $set: addFields,
  $unset: unset,
  $group: group,
  $count: count,
  $unwind: unwind,
  $replaceRoot: (spec) => replaceRoot(documentSpec("$replaceRoot", spec).newRoot),
  $replaceWith: replaceRoot,
  $facet: facet,
  $lookup: lookup,
};

/** The name and operand of one pipeline stage. */
export function stageEntry(stage: unknown): [string, unknown] {
  const [entry, ...others] = isDocument(stage) ? Object.entries(stage) : [];
  if (!entry || others.length > 0) {
    throw new StoreError(40323, "A pipeline stage specification object must contain exactly one field.");
  }
  return entry;
}

/** Compiles a pipeline. Every stage is checked before the first document is read. */
export function compilePipeline(pipeline: unknown[], context: StageContext): Stage {
  const stages = pipeline.map((given) => {
    const [name, spec] = stageEntry(given);
    const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (!compile) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(spec, context);
  });
  return (documents) => stages.reduce((stream, stage) => stage(stream), documents);
}
