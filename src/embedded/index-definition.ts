import { type Doc, isArrayIndex, isDocument, isNumeric, show, toNumber, typeName } from "./bson-values";
import { badValue, notSupported, StoreError } from "./errors";
import { indexTuples } from "./index-keys";
import { encodeKey } from "./key-encoding";
import { compileFilter, type Predicate } from "./matcher";

/** An index as the planner and the writers use it. */
export interface Index {
  name: string;
  /** What `listIndexes` shows and the catalog stores. */
  spec: Doc;
  /** The number that prefixes its entries in the store. */
  ident: number;
  fields: string[];
  paths: string[][];
  directions: (1 | -1)[];
  unique: boolean;
  partial?: { filter: Doc; matches: Predicate };
  expireAfterSeconds?: number;
  /** For each field, whether any document ever held an array there. It is never reset. */
  multikey: boolean[];
}

const ALLOWED = new Set([
  "v",
  "key",
  "name",
  "background",
  "unique",
  "expireAfterSeconds",
  "partialFilterExpression",
  "ns",
]);
const PARTIAL_OPERATORS = new Set(["$eq", "$exists", "$type"]);

function checkKey(key: unknown): asserts key is Doc {
  if (!isDocument(key) || Object.keys(key).length === 0) throw new StoreError(67, "Index keys cannot be empty.");
  for (const [path, direction] of Object.entries(key)) {
    if (typeof direction === "string" || path.includes("$")) {
      throw new StoreError(67, `index type '${direction}' on '${path}' is not supported by the embedded store`);
    }
    if (!isNumeric(direction) || !toNumber(direction)) {
      throw new StoreError(67, `Values in the index key pattern cannot be of type ${typeName(direction)}.`);
    }
    const parts = path.split(".");
    if (parts.includes("")) throw new StoreError(67, `the index path '${path}' has an empty field name`);
    if (parts.some(isArrayIndex)) {
      throw new StoreError(67, `the index path '${path}' names an array position, which is not supported`);
    }
  }
}

function checkPartialFilter(filter: Doc): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path.startsWith("$")) throw new StoreError(67, `unsupported expression in partial index: ${path}`);
    if (!isDocument(condition)) continue;
    for (const [operator, operand] of Object.entries(condition)) {
      if (!operator.startsWith("$")) continue;
      if (!PARTIAL_OPERATORS.has(operator) || (operator === "$exists" && operand !== true)) {
        throw new StoreError(67, `unsupported expression in partial index: ${operator}: ${show(operand)}`);
      }
    }
  }
}

/** Checks an index specification and keeps what matters of it. */
export function cleanIndexSpec(spec: unknown): Doc {
  if (!isDocument(spec)) throw new StoreError(14, "an index specification must be a document");
  const { key, name, expireAfterSeconds, partialFilterExpression } = spec;
  checkKey(key);
  if (typeof name !== "string" || !name) {
    throw new StoreError(9, "The 'name' field is a required property of an index specification");
  }
  for (const option of Object.keys(spec)) {
    // an option set to false asks for nothing
    if (!ALLOWED.has(option) && spec[option]) throw notSupported(`the index option '${option}'`);
  }
  const clean: Doc = { v: 2, key, name };
  if (spec.unique) clean.unique = true;
  if (expireAfterSeconds !== undefined) {
    if (!isNumeric(expireAfterSeconds) || toNumber(expireAfterSeconds) < 0) {
      throw new StoreError(67, "TTL index 'expireAfterSeconds' option must be a number that is not negative");
    }
    if (Object.keys(key).length > 1) {
      throw new StoreError(67, "TTL indexes are single-field indexes, compound indexes do not support TTL");
    }
    if ("_id" in key) throw new StoreError(197, "The field 'expireAfterSeconds' is not valid for an _id index");
    clean.expireAfterSeconds = expireAfterSeconds;
  }
  if (partialFilterExpression !== undefined) {
    if (!isDocument(partialFilterExpression)) throw badValue("partialFilterExpression must be a document");
    checkPartialFilter(partialFilterExpression);
    compileFilter(partialFilterExpression);
    clean.partialFilterExpression = partialFilterExpression;
  }
  return clean;
}

/** Makes a usable index of a specification that `cleanIndexSpec` has passed. */
export function buildIndex(spec: Doc, ident: number, multikey?: boolean[]): Index {
  const key = spec.key as Doc;
  const fields = Object.keys(key);
  const filter = spec.partialFilterExpression;
  return {
    name: String(spec.name),
    spec,
    ident,
    fields,
    paths: fields.map((field) => field.split(".")),
    directions: Object.values(key).map((direction) => (isNumeric(direction) && toNumber(direction) < 0 ? -1 : 1)),
    unique: spec.unique === true,
    partial: isDocument(filter) ? { filter, matches: compileFilter(filter) } : undefined,
    expireAfterSeconds: isNumeric(spec.expireAfterSeconds) ? toNumber(spec.expireAfterSeconds) : undefined,
    multikey: multikey ?? fields.map(() => false),
  };
}

/** The keys a document has in an index, each once; empty when the index leaves the document out. */
export function indexKeys(index: Index, document: Doc): { keys: Map<string, Buffer>; multikey: boolean[] } {
  const keys = new Map<string, Buffer>();
  if (index.partial && !index.partial.matches(document)) return { keys, multikey: [] };
  const { tuples, multikey } = indexTuples(document, index.paths);
  for (const tuple of tuples) {
    const key = encodeKey(tuple, index.directions);
    keys.set(key.toString("latin1"), key);
  }
  return { keys, multikey };
}

/** The fields and values behind one key, as the duplicate key error reports them. */
export function keyValueOf(index: Index, document: Doc, key: Buffer): Doc {
  const tuple = indexTuples(document, index.paths).tuples.find((values) =>
    encodeKey(values, index.directions).equals(key),
  );
  return Object.fromEntries(
    index.fields.map((field, position) => {
      const value = tuple?.[position];
      return [field, typeof value === "symbol" ? null : (value ?? null)];
    }),
  );
}

const keySignature = (spec: Doc) =>
  Object.entries(spec.key as Doc)
    .map(([field, direction]) => `${field}:${isNumeric(direction) && toNumber(direction) < 0 ? -1 : 1}`)
    .join();
const signature = (spec: Doc) =>
  [keySignature(spec), spec.unique === true, show(spec.partialFilterExpression), show(spec.expireAfterSeconds)].join(
    "|",
  );

/** True when the index is there already; an error when it clashes with one that is. */
export function isKnownIndex(existing: readonly Index[], spec: Doc): boolean {
  for (const index of existing) {
    const sameKey = keySignature(index.spec) === keySignature(spec);
    if (index.name === spec.name) {
      if (signature(index.spec) === signature(spec)) return true;
      const [code, what] = sameKey ? [85, "the same name but different options"] : [86, "the same name"];
      throw new StoreError(
        Number(code),
        `An existing index has ${what} as the requested index. Requested index: ${show(spec)}, existing index: ${show(index.spec)}`,
      );
    }
    if (sameKey && show(index.spec.partialFilterExpression) === show(spec.partialFilterExpression)) {
      throw new StoreError(85, `Index already exists with a different name: ${index.name}`);
    }
  }
  return false;
}
