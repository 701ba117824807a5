import { type Doc, isDocument, isNumeric, setField, show, toNumber } from "./bson-values";
import { notSupported, StoreError } from "./errors";

type Project = (document: Doc) => Doc;
/** True for a whole field, or what is named inside it. */
type Rules = Map<string, Rules | true>;

function addRule(rules: Rules, path: string, [name = "", ...rest]: string[]): void {
  if (!name || name.startsWith("$")) throw notSupported(`the projection of '${path}'`);
  const known = rules.get(name);
  if (rest.length === 0) {
    if (known) throw new StoreError(31250, `Path collision at ${path}`);
    rules.set(name, true);
    return;
  }
  if (known === true) throw new StoreError(31249, `Path collision at ${path}`);
  const nested: Rules = known ?? new Map();
  rules.set(name, nested);
  addRule(nested, path, rest);
}

/** `{ a: { b: 1 } }` means the same as `{ "a.b": 1 }`. */
function flatten(spec: Doc, prefix = ""): [string, boolean][] {
  return Object.entries(spec).flatMap(([name, value]): [string, boolean][] => {
    const path = prefix + name;
    if (typeof value === "boolean") return [[path, value]];
    if (isNumeric(value)) return [[path, toNumber(value) !== 0]];
    const [first = "$"] = isDocument(value) ? Object.keys(value) : [];
    if (!isDocument(value) || first.startsWith("$"))
      throw notSupported(`the projection of '${path}' to ${show(value)}`);
    return flatten(value, `${path}.`);
  });
}

function projectValue(value: unknown, rules: Rules, inclusive: boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => projectValue(element, rules, inclusive)).filter((element) => element !== undefined);
  }
  if (isDocument(value)) return projectFields(value, rules, inclusive);
  return inclusive ? undefined : value;
}

function projectFields(document: Doc, rules: Rules, inclusive: boolean): Doc {
  const result: Doc = {};
  for (const [name, value] of Object.entries(document)) {
    const rule = rules.get(name);
    const isWhole = rule === undefined ? !inclusive : rule === true && inclusive;
    const kept = rule instanceof Map ? projectValue(value, rule, inclusive) : isWhole ? value : undefined;
    if (kept !== undefined) setField(result, name, kept);
  }
  return result;
}

/** Compiles a projection, which shows the fields it names with 1, or all but those named with 0. */
export function compileProjection(spec: Doc | undefined): Project | undefined {
  if (!spec || Object.keys(spec).length === 0) return undefined;
  const paths = flatten(spec);
  const idRule = paths.find(([path]) => path === "_id")?.[1];
  const others = paths.filter(([path]) => path !== "_id");
  const inclusive = others[0]?.[1] ?? idRule === true;
  if (others.some(([, included]) => included !== inclusive)) {
    throw new StoreError(31254, "Cannot do exclusion and inclusion in the same projection");
  }
  const rules: Rules = new Map();
  for (const [path] of others) addRule(rules, path, path.split("."));
  if (!rules.has("_id") && (inclusive ? idRule !== false : idRule === false)) rules.set("_id", true);
  return (document) => projectFields(document, rules, inclusive);
}
