import { type Doc, getField, isDocument, isNumeric, setField, show, toNumber } from "./bson-values";
import { badValue, notSupported, StoreError } from "./errors";
import { compileExpression, type Evaluate } from "./expressions";
import { compileFilter, matchedElement } from "./matcher";

export type Project = (document: Doc) => Doc;

type Rule =
  | { kind: "include" | "exclude" }
  | { kind: "change"; includes: boolean; change: (value: unknown, document: Doc) => unknown }
  | { kind: "compute"; evaluate: Evaluate }
  | { kind: "nested"; rules: Map<string, Rule> };

const flagOf = (value: unknown) =>
  typeof value === "boolean" ? value : isNumeric(value) ? toNumber(value) !== 0 : undefined;

function addRule(rules: Map<string, Rule>, path: string, rule: Rule): void {
  const [name = "", ...rest] = path.split(".");
  if (!name || name.startsWith("$")) throw new StoreError(16410, `'${path}' is not a path a projection can name`);
  const known = rules.get(name);
  if (rest.length === 0) {
    if (known) throw new StoreError(31250, `Path collision at ${path}`);
    rules.set(name, rule);
    return;
  }
  if (known && known.kind !== "nested") throw new StoreError(31249, `Path collision at ${path}`);
  const nested = known ?? { kind: "nested" as const, rules: new Map<string, Rule>() };
  rules.set(name, nested);
  addRule(nested.rules, rest.join("."), rule);
}

function sliceRule(operand: unknown): Rule {
  const numbers = (Array.isArray(operand) ? operand : [operand]).map((value) => {
    if (!isNumeric(value)) throw badValue("$slice takes a number, or an array of two");
    return toNumber(value);
  });
  const [first = 0, count] = numbers;
  const change = (value: unknown) => {
    if (!Array.isArray(value)) return value;
    if (count === undefined) return first < 0 ? value.slice(first) : value.slice(0, first);
    const start = first < 0 ? Math.max(0, value.length + first) : first;
    return value.slice(start, start + count);
  };
  return { kind: "change", includes: false, change };
}

function elementRule(operand: unknown): Rule {
  const matches = compileFilter({ array: { $elemMatch: operand } });
  const change = (value: unknown) => {
    const found = Array.isArray(value) ? value.find((element) => matches({ array: [element] })) : undefined;
    return found === undefined ? undefined : [found];
  };
  return { kind: "change", includes: true, change };
}

function positionalRule(path: string, filter: Doc): Rule {
  const change = (value: unknown, document: Doc) => {
    if (!Array.isArray(value)) return value;
    const position = matchedElement(document, filter, path);
    if (position < 0) throw new StoreError(51246, "positional operator '.$' couldn't find a matching element");
    return [value[position]];
  };
  return { kind: "change", includes: true, change };
}

/** What a value other than 0 and 1 asks for in a `find` projection. */
function findRule(path: string, value: unknown): Rule {
  if (isDocument(value) && Object.keys(value).length === 1) {
    if ("$slice" in value) return sliceRule(value.$slice);
    if ("$elemMatch" in value) return elementRule(value.$elemMatch);
  }
  throw notSupported(`the projection of '${path}' to ${show(value)}`);
}

/** `{ a: { b: 1 } }` means the same as `{ "a.b": 1 }`. */
export function flattenSpec(spec: Doc, prefix = ""): [string, unknown][] {
  return Object.entries(spec).flatMap(([name, value]): [string, unknown][] => {
    const path = prefix + name;
    const isNested = isDocument(value) && value._bsontype === undefined && Object.keys(value).length > 0;
    if (!isNested || Object.keys(value)[0]?.startsWith("$")) return [[path, value]];
    return flattenSpec(value, `${path}.`);
  });
}

interface Rules {
  rules: Map<string, Rule>;
  keepId: boolean | undefined;
  inclusive: boolean;
}

function parse(spec: Doc, makeRule: (path: string, value: unknown) => Rule): Rules {
  const rules = new Map<string, Rule>();
  let keepId: boolean | undefined;
  let includes = 0;
  let excludes = 0;
  let changes = 0;
  for (const [path, value] of flattenSpec(spec)) {
    const flag = path.endsWith(".$") ? undefined : flagOf(value);
    if (path === "_id" && flag !== undefined) {
      keepId = flag;
      continue;
    }
    const rule: Rule = flag === undefined ? makeRule(path, value) : { kind: flag ? "include" : "exclude" };
    addRule(rules, path.endsWith(".$") ? path.slice(0, -2) : path, rule);
    if (rule.kind === "exclude") excludes++;
    else if (rule.kind === "change" && !rule.includes) changes++;
    else includes++;
  }
  if (includes > 0 && excludes > 0) {
    throw new StoreError(31254, "Cannot do exclusion and inclusion in the same projection");
  }
  return { rules, keepId, inclusive: includes > 0 || (excludes === 0 && changes === 0 && keepId === true) };
}

function projectNested(value: unknown, rules: Map<string, Rule>, inclusive: boolean, root: Doc): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element) => projectNested(element, rules, inclusive, root));
    return elements.filter((element) => element !== undefined);
  }
  if (isDocument(value)) return projectFields(value, rules, inclusive, root);
  return inclusive ? undefined : value;
}

function projectFields(document: Doc, rules: Map<string, Rule>, inclusive: boolean, root: Doc): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(document)) {
    const rule = rules.get(name);
    let kept: unknown;
    if (!rule) kept = inclusive ? undefined : value;
    else if (rule.kind === "include") kept = value;
    else if (rule.kind === "change") kept = rule.change(value, root);
    else if (rule.kind === "nested") kept = projectNested(value, rule.rules, inclusive, root);
    if (kept !== undefined) setField(result, name, kept);
  }
  return result;
}

function computed(rules: Map<string, Rule>, prefix: string[] = []): { path: string[]; evaluate: Evaluate }[] {
  return [...rules].flatMap(([name, rule]) => {
    if (rule.kind === "compute") return [{ path: [...prefix, name], evaluate: rule.evaluate }];
    return rule.kind === "nested" ? computed(rule.rules, [...prefix, name]) : [];
  });
}

function toProject({ rules, keepId, inclusive }: Rules): Project {
  const top = new Map(rules);
  if (!top.has("_id") && (keepId === false || inclusive)) {
    top.set("_id", { kind: keepId === false ? "exclude" : "include" });
  }
  const toCompute = computed(rules);
  return (document) => {
    const result = projectFields(document, top, inclusive, document);
    for (const { path, evaluate } of toCompute) setPath(result, path, evaluate(document));
    return result;
  };
}

/** Compiles the projection of `find` and `findAndModify`; undefined when there is none. */
export function compileFindProjection(spec: Doc | undefined, filter: Doc): Project | undefined {
  if (!spec || Object.keys(spec).length === 0) return undefined;
  return toProject(
    parse(spec, (path, value) =>
      path.endsWith(".$") ? positionalRule(path.slice(0, -2), filter) : findRule(path, value),
    ),
  );
}

/** Compiles `$project`, where any other value is an expression. */
export function compileStageProjection(spec: Doc): Project {
  if (Object.keys(spec).length === 0) {
    throw new StoreError(51272, "Invalid $project: projection specification must have at least one field");
  }
  return toProject(parse(spec, (_path, value) => ({ kind: "compute", evaluate: compileExpression(value) })));
}

/** Sets a computed field, in every element where the path crosses an array. A missing value sets nothing. */
export function setPath(target: Doc, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (name === undefined || value === undefined) return;
  if (rest.length === 0) {
    setField(target, name, value);
    return;
  }
  const into = (current: unknown): unknown => {
    if (Array.isArray(current)) return current.map(into);
    const copy: Doc = isDocument(current) ? { ...current } : {};
    setPath(copy, rest, value);
    return copy;
  };
  setField(target, name, into(getField(target, name)));
}

/** `$unset` and `$project` with zeros, on plain documents. */
export function compileExclusion(paths: string[]): Project {
  return compileStageProjection(Object.fromEntries(paths.map((path) => [path, 0])));
}
