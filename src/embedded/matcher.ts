import {
  type Doc,
  getField,
  isArrayIndex,
  isDocument,
  isNumeric,
  TypeOrder,
  toNumber,
  typeName,
  typeNamesOf,
  typeOrder,
} from "./bson-values";
import { compareValues, equalValues, regexParts } from "./compare";
import { badValue, notSupported, StoreError } from "./errors";
import { compileCondition } from "./expressions";

/** A test on a document, or on the value at the end of a path. */
export type Predicate = (value: unknown) => boolean;

/** True for `{ $gt: 5 }` and its like, as opposed to a document to be equal to. */
export function isOperatorDocument(value: unknown): value is Doc {
  if (!isDocument(value)) return false;
  return Object.keys(value)[0]?.startsWith("$") === true;
}

/** True if the test holds for any value the path reaches, looking into arrays on the way. */
function anyAt(value: unknown, path: readonly string[], depth: number, test: Predicate): boolean {
  const name = path[depth];
  if (name === undefined) return test(value);
  if (Array.isArray(value)) {
    if (isArrayIndex(name) && Number(name) < value.length && anyAt(value[Number(name)], path, depth + 1, test)) {
      return true;
    }
    return value.some((element) => isDocument(element) && anyAt(element, path, depth, test));
  }
  return isDocument(value) ? anyAt(getField(value, name), path, depth + 1, test) : test(undefined);
}

/** Lets a test hold for an array when it holds for the whole of it or for any element. */
const orAnyElement =
  (test: Predicate): Predicate =>
  (value) =>
    Array.isArray(value) ? value.some(test) || test(value) : test(value);

function equals(operand: unknown): Predicate {
  const order = typeOrder(operand);
  if (order === TypeOrder.null) return orAnyElement((value) => value === null || value === undefined);
  if (typeof operand === "string" || typeof operand === "boolean") return orAnyElement((value) => value === operand);
  return orAnyElement((value) => value !== undefined && equalValues(value, operand));
}

/** Equality, or a match when the operand is a regular expression. */
function equalsOrMatches(operand: unknown): Predicate {
  if (typeOrder(operand) !== TypeOrder.regex) return equals(operand);
  const { pattern, options } = regexParts(operand);
  return matchesRegex(pattern, options);
}

const compiled = new Map<string, RegExp>();
const MAX_CACHED = 200;

/** Translates a BSON regular expression, which speaks PCRE, refusing flags and patterns JavaScript has no match for. */
function toRegExp(pattern: string, options: string): RegExp {
  const name = `/${pattern}/${options}`;
  const known = compiled.get(name);
  if (known) return known;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const source = inline ? pattern.slice(inline[0].length) : pattern;
  const flags = new Set(options + (inline?.[1] ?? ""));
  for (const flag of flags) {
    if (!"imsu".includes(flag)) throw new StoreError(51108, `invalid or unsupported flag in regex options: ${flag}`);
  }
  if (/\\p\{|[\ud800-\udbff]/.test(source)) flags.add("u");
  let expression: RegExp;
  try {
    expression = new RegExp(source, [...flags].join(""));
  } catch (cause) {
    throw new StoreError(51091, `Regular expression is invalid: ${cause instanceof Error ? cause.message : pattern}`);
  }
  if (compiled.size >= MAX_CACHED) compiled.clear();
  compiled.set(name, expression);
  return expression;
}

function matchesRegex(pattern: string, options: string): Predicate {
  const expression = toRegExp(pattern, options);
  return orAnyElement((value) => {
    if (typeof value === "string") return expression.test(value);
    return typeOrder(value) === TypeOrder.regex && regexParts(value).pattern === pattern;
  });
}

const isNaNValue = (value: unknown) => isNumeric(value) && Number.isNaN(toNumber(value));

function compares(operand: unknown, accepts: (order: number) => boolean): Predicate {
  const order = typeOrder(operand);
  if (order === TypeOrder.regex) throw badValue("Can't have RegEx as arg to predicate over field");
  if (order === TypeOrder.null) return accepts(0) ? equals(null) : () => false;
  const operandIsNaN = isNaNValue(operand);
  return orAnyElement((value) => {
    if (value === undefined || typeOrder(value) !== order) return false;
    // NaN is neither below nor above any number
    if (operandIsNaN || isNaNValue(value)) return accepts(0) && operandIsNaN && isNaNValue(value);
    return accepts(compareValues(value, operand));
  });
}

function isOneOf(operand: unknown): Predicate {
  if (!Array.isArray(operand)) throw badValue("$in needs an array");
  if (operand.some(isOperatorDocument)) throw badValue("cannot nest $ under $in");
  const strings = new Set<unknown>(operand.filter((value) => typeof value === "string"));
  const others = operand.filter((value) => typeof value !== "string").map(equalsOrMatches);
  const isListed = orAnyElement((value) => strings.has(value));
  return (value) => (strings.size > 0 && isListed(value)) || others.some((test) => test(value));
}

function hasType(operand: unknown): Predicate {
  const wanted = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typeNamesOf));
  return orAnyElement((value) => value !== undefined && wanted.has(typeName(value)));
}

function hasSize(operand: unknown): Predicate {
  const size = isNumeric(operand) ? toNumber(operand) : Number.NaN;
  if (!Number.isInteger(size) || size < 0) throw badValue("Failed to parse $size. Expected a non-negative integer");
  return (value) => Array.isArray(value) && value.length === size;
}

function hasRemainder(operand: unknown): Predicate {
  if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isNumeric)) {
    throw badValue("malformed mod, it needs two numbers");
  }
  const [divisor = 0, remainder = 0] = operand.map((value) => Math.trunc(toNumber(value)));
  if (!divisor) throw badValue("divisor cannot be 0");
  return orAnyElement((value) => {
    const number = isNumeric(value) ? Math.trunc(toNumber(value)) : Number.NaN;
    // adding 0 turns the remainder -0 of a negative number into 0
    return Number.isFinite(number) && (number % divisor) + 0 === remainder;
  });
}

function matchesElement(operand: unknown): Predicate {
  if (!isDocument(operand)) throw badValue("$elemMatch needs an Object");
  const first = Object.keys(operand)[0];
  if (isOperatorDocument(operand) && !["$and", "$or", "$nor", "$expr"].includes(first ?? "")) {
    const test = compileOperators([], operand);
    return (value) => Array.isArray(value) && value.some(test);
  }
  const test = compileFilter(operand);
  // an array inside the array is looked at as a document whose names are its positions
  const meets = (element: unknown) =>
    Array.isArray(element) ? test({ ...element }) : isDocument(element) && test(element);
  return (value) => Array.isArray(value) && value.some(meets);
}

const isTrue = (operand: unknown) =>
  operand !== false && operand !== null && !(isNumeric(operand) && toNumber(operand) === 0);

const not =
  (test: Predicate): Predicate =>
  (value) =>
    !test(value);

/** The operators that look at one reached value. Those that deny are compiled around the whole path instead. */
const VALUE_OPERATORS: Record<string, (operand: unknown, condition: Doc) => Predicate> = {
  $eq: (operand) => equals(operand),
  $gt: (operand) => compares(operand, (order) => order > 0),
  $gte: (operand) => compares(operand, (order) => order >= 0),
  $lt: (operand) => compares(operand, (order) => order < 0),
  $lte: (operand) => compares(operand, (order) => order <= 0),
  $in: isOneOf,
  $type: hasType,
  $size: hasSize,
  $mod: hasRemainder,
  $elemMatch: matchesElement,
  $regex(operand, condition) {
    const given = typeof operand === "string" ? { pattern: operand, options: "" } : undefined;
    if (!given && typeOrder(operand) !== TypeOrder.regex) throw badValue("$regex has to be a string");
    const { pattern, options } = given ?? regexParts(operand);
    if (condition.$options !== undefined && typeof condition.$options !== "string") {
      throw badValue("$options has to be a string");
    }
    return matchesRegex(pattern, typeof condition.$options === "string" ? condition.$options : options);
  },
};

function compileOperator(path: readonly string[], operator: string, condition: Doc): Predicate {
  const operand = condition[operator];
  const reached =
    (test: Predicate): Predicate =>
    (value) =>
      anyAt(value, path, 0, test);
  switch (operator) {
    case "$ne":
      if (typeOrder(operand) === TypeOrder.regex) throw badValue("Can't have regex as arg to $ne.");
      return not(reached(equals(operand)));
    case "$nin":
      return not(reached(isOneOf(operand)));
    case "$not": {
      if (typeOrder(operand) === TypeOrder.regex) return not(reached(equalsOrMatches(operand)));
      if (!isOperatorDocument(operand)) throw badValue("$not needs a regex or a document");
      return not(compileOperators(path, operand));
    }
    case "$exists": {
      const exists = reached((value) => value !== undefined);
      return isTrue(operand) ? exists : not(exists);
    }
    case "$all": {
      if (!Array.isArray(operand)) throw badValue("$all needs an array");
      // each of them may be met by a different element on the way
      const tests = operand.map((wanted) =>
        isOperatorDocument(wanted) ? compileAllElement(path, wanted) : reached(equalsOrMatches(wanted)),
      );
      return (value) => tests.length > 0 && tests.every((test) => test(value));
    }
    case "$options":
      if (!("$regex" in condition)) throw badValue("$options needs a $regex");
      return () => true;
  }
  const compile = Object.hasOwn(VALUE_OPERATORS, operator) ? VALUE_OPERATORS[operator] : undefined;
  if (!compile) throw badValue(`unknown operator: ${operator}`);
  return reached(compile(operand, condition));
}

function compileAllElement(path: readonly string[], wanted: Doc): Predicate {
  if (Object.keys(wanted).join() !== "$elemMatch") throw badValue("no $ expressions in $all");
  return compileOperators(path, wanted);
}

function compileOperators(path: readonly string[], condition: Doc): Predicate {
  return every(Object.keys(condition).map((operator) => compileOperator(path, operator, condition)));
}

function every(tests: Predicate[]): Predicate {
  const [only] = tests;
  return tests.length === 1 && only ? only : (value) => tests.every((test) => test(value));
}

function compileField(name: string, condition: unknown): Predicate {
  const path = name.split(".");
  if (isOperatorDocument(condition)) return compileOperators(path, condition);
  const test = equalsOrMatches(condition);
  return (document) => anyAt(document, path, 0, test);
}

function compileList(operator: string, operand: unknown): Predicate[] {
  if (!Array.isArray(operand) || operand.length === 0) throw badValue(`${operator} must be a nonempty array`);
  return operand.map((filter) => {
    if (!isDocument(filter)) throw badValue(`${operator} argument's entries must be objects`);
    return compileFilter(filter);
  });
}

function compileTopLevel(operator: string, operand: unknown): Predicate {
  switch (operator) {
    case "$and":
      return every(compileList(operator, operand));
    case "$or":
    case "$nor": {
      const tests = compileList(operator, operand);
      const any: Predicate = (document) => tests.some((test) => test(document));
      return operator === "$or" ? any : not(any);
    }
    case "$expr":
      return compileCondition(operand);
    case "$text":
    case "$where":
    case "$jsonSchema":
      throw notSupported(operator);
    default:
      throw badValue(`unknown top level operator: ${operator}`);
  }
}

/** Compiles a filter. It is checked as a whole here: a filter that cannot be run fails before any document is read. */
export function compileFilter(filter: unknown): Predicate {
  if (!isDocument(filter)) throw new StoreError(14, "a filter must be a document");
  return every(
    Object.entries(filter).map(([name, condition]) =>
      name.startsWith("$") ? compileTopLevel(name, condition) : compileField(name, condition),
    ),
  );
}
