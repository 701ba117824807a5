import { calculateObjectSize, Double } from "bson";
import { type Doc, getField, isDocument, isNumeric, type Numeric, toNumber } from "./bson-values";
import { compareValues, parseSort, sortInMemory } from "./compare";
import { StoreError } from "./errors";
import { compileExpression, type Evaluate } from "./expressions";
import { encodeValue } from "./key-encoding";
import { compileFilter } from "./matcher";
import { arithmetic } from "./numbers";
import { compileProjection } from "./projection";

export type Documents = AsyncIterable<Doc>;
type Stage = (documents: Documents) => Documents;

const MAX_HELD_BYTES = 100 * 1024 * 1024;

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
    const held: Doc[] = [];
    let bytes = 0;
    for await (const document of documents) {
      bytes += calculateObjectSize(document);
      if (bytes > MAX_HELD_BYTES)
        throw new StoreError(292, `$sort exceeded its memory limit of ${MAX_HELD_BYTES} bytes`);
      held.push(document);
    }
    yield* sortInMemory(held, fields);
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

function project(spec: unknown): Stage {
  const shown = compileProjection(documentSpec("$project", spec));
  if (!shown) throw new StoreError(51272, "Invalid $project: projection specification must have at least one field");
  return async function* (documents) {
    for await (const document of documents) yield shown(document);
  };
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

/** Puts one element in the place of the array at a path. */
function withElement(document: Doc, [name = "", ...rest]: string[], element: unknown): Doc {
  const inner = getField(document, name);
  return { ...document, [name]: rest.length > 0 && isDocument(inner) ? withElement(inner, rest, element) : element };
}

function unwind(spec: unknown): Stage {
  const given = isDocument(spec) ? spec.path : spec;
  const option = isDocument(spec) ? Object.keys(spec).find((name) => name !== "path") : undefined;
  if (option) throw new StoreError(28811, `the option '${option}' of $unwind is not supported by the embedded store`);
  if (typeof given !== "string" || !given.startsWith("$")) {
    throw new StoreError(28818, "path option to $unwind stage should be prefixed with a '$'");
  }
  const path = given.slice(1).split(".");
  return async function* (documents) {
    for await (const document of documents) {
      let value: unknown = document;
      for (const name of path) value = isDocument(value) ? getField(value, name) : undefined;
      if (Array.isArray(value)) for (const element of value) yield withElement(document, path, element);
      else if (value !== null && value !== undefined) yield document;
    }
  };
}

/** Gathers one output field of one group. */
interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

function summing(): Accumulator & { total: Numeric; numbers: number } {
  return {
    total: 0,
    numbers: 0,
    add(value) {
      if (!isNumeric(value)) return;
      this.total = arithmetic("+", this.total, value);
      this.numbers++;
    },
    result() {
      return this.total;
    },
  };
}

function averaging(): Accumulator {
  const sum = summing();
  return {
    add: (value) => sum.add(value),
    result: () => (sum.numbers > 0 ? new Double(toNumber(sum.total) / sum.numbers) : null),
  };
}

const keepingExtreme = (direction: 1 | -1) => (): Accumulator => {
  let best: unknown = null;
  return {
    add(value) {
      if (value === null || value === undefined) return;
      if (best === null || compareValues(value, best) * direction < 0) best = value;
    },
    result: () => best,
  };
};

const keepingOne = (last: boolean) => (): Accumulator => {
  let kept: unknown;
  let seen = false;
  return {
    add(value) {
      if (last || !seen) kept = value;
      seen = true;
    },
    result: () => kept ?? null,
  };
};

const collecting = (distinct: boolean) => (): Accumulator => {
  const values = new Map<unknown, unknown>();
  return {
    add(value) {
      const key = distinct ? encodeValue(value).toString("latin1") : values.size;
      if (value !== undefined && !values.has(key)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
};

const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: summing,
  $avg: averaging,
  $min: keepingExtreme(1),
  $max: keepingExtreme(-1),
  $first: keepingOne(false),
  $last: keepingOne(true),
  $push: collecting(false),
  $addToSet: collecting(true),
};

function compileAccumulator(field: string, spec: Doc): { evaluate: Evaluate; create: () => Accumulator } {
  const [operator = "", ...others] = Object.keys(spec);
  if (!operator || others.length > 0) throw new StoreError(40238, `The field '${field}' must specify one accumulator`);
  const create = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined;
  if (!create) throw new StoreError(15952, `unknown group operator '${operator}'`);
  return { evaluate: compileExpression(spec[operator]), create };
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
    const groups = new Map<string, { id: unknown; gathered: Accumulator[] }>();
    for await (const document of documents) {
      const id = evaluateId(document) ?? null;
      const key = encodeValue(id).toString("latin1");
      const known = groups.get(key) ?? { id, gathered: outputs.map(({ create }) => create()) };
      groups.set(key, known);
      for (const [position, { evaluate }] of outputs.entries()) known.gathered[position]?.add(evaluate(document));
    }
    for (const { id, gathered } of groups.values()) {
      const results = outputs.map(({ name }, position) => [name, gathered[position]?.result()]);
      yield { _id: id, ...Object.fromEntries(results) };
    }
  };
}

const STAGES: Record<string, (spec: unknown) => Stage> = {
  $match: match,
  $sort: sort,
  $skip: skip,
  $limit: limit,
  $project: project,
  $group: group,
  $count: count,
  $unwind: unwind,
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
export function compilePipeline(pipeline: unknown[]): Stage {
  const stages = pipeline.map((given) => {
    const [name, spec] = stageEntry(given);
    const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (!compile) throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(spec);
  });
  return (documents) => stages.reduce((stream, stage) => stage(stream), documents);
}
