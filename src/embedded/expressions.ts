import { createRequire } from "node:module";
import { Long } from "bson";
import { type Doc, getField, isDocument, isNumeric, type Numeric, setField, toNumber, typeName } from "./bson-values";
import { compareValues, equalValues } from "./compare";
import { badValue, StoreError } from "./errors";
import { arithmetic } from "./numbers";

/** A compiled expression. It returns undefined for "missing". */
export type Evaluate = (document: Doc) => unknown;
type Operator = (operand: unknown, now: Date) => Evaluate;

const isMissing = (value: unknown) => value === null || value === undefined;
const isTrue = (value: unknown) => !(isMissing(value) || value === false || (isNumeric(value) && !toNumber(value)));

/** An operator that sees the values of its operands; `count` is how many it takes, where that is fixed. */
const withValues =
  (apply: (values: unknown[]) => unknown, count?: number): Operator =>
  (operand, now) => {
    const operands = (Array.isArray(operand) ? operand : [operand]).map((part) => compile(part, now));
    if (count !== undefined && operands.length !== count) {
      throw new StoreError(
        16020,
        `the expression takes exactly ${count} arguments. ${operands.length} were passed in.`,
      );
    }
    return (document) => apply(operands.map((evaluate) => evaluate(document)));
  };

// in an expression a missing value comes before null
function compareOperands(left: unknown, right: unknown): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  return compareValues(left, right);
}

const comparison = (accepts: (order: number) => boolean) =>
  withValues(([left, right]) => accepts(compareOperands(left, right)), 2);

function numeric(operator: string, value: unknown): Numeric {
  if (isNumeric(value)) return value;
  throw new StoreError(14, `${operator} only supports numeric types, not ${typeName(value)}`);
}

const folded = (name: string, step: "+" | "*", start: Numeric) =>
  withValues((values) => {
    if (values.some(isMissing)) return null;
    return values.reduce<Numeric>((total, value) => arithmetic(step, total, numeric(name, value)), start);
  });

const subtract = withValues(([left, right]) => {
  if (isMissing(left) || isMissing(right)) return null;
  if (left instanceof Date && right instanceof Date) return Long.fromNumber(left.getTime() - right.getTime());
  return arithmetic("+", numeric("$subtract", left), arithmetic("*", numeric("$subtract", right), -1));
}, 2);

const contains = withValues(([value, array]) => {
  if (!Array.isArray(array)) {
    throw new StoreError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  }
  return array.some((element) => equalValues(element, value));
}, 2);

const sizeOf = withValues(([array]) => {
  if (!Array.isArray(array)) throw new StoreError(17124, "The argument to $size must be an array");
  return array.length;
}, 1);

const condition: Operator = (operand, now) => {
  const parts = isDocument(operand) ? [operand.if, operand.then, operand.else] : operand;
  if (!Array.isArray(parts) || parts.length !== 3) throw new StoreError(17080, "$cond takes if, then and else");
  const [test, yes, no] = parts.map((part) => compile(part, now));
  return (document) => (isTrue(test?.(document)) ? yes?.(document) : no?.(document));
};

/** Loaded when it is first needed, because that takes a while. */
const loadDateExpressions = () =>
  createRequire(import.meta.url)("mingo/operators/expression/date") as typeof import("mingo/operators/expression/date");
const DATE_FIELDS = ["date", "format", "timezone", "onNull"];
/** The characters a format may give, which the formatter would otherwise print as they are. */
const DATE_FORMAT = /^([^%]|%[%YGmdHMSLjuUVwzZbB])*$/s;
const dateToString: Operator = (operand, now) => {
  if (!isDocument(operand) || !("date" in operand))
    throw new StoreError(18628, "Missing 'date' parameter to $dateToString");
  const unknown = Object.keys(operand).find((name) => !DATE_FIELDS.includes(name));
  if (unknown) throw new StoreError(18534, `Unrecognized argument to $dateToString: ${unknown}`);
  const evaluate = compile(operand, now);
  const { $dateToString: formatDate } = loadDateExpressions();
  return (document) => {
    const values = evaluate(document) as Doc;
    if (isMissing(values.date)) return values.onNull ?? null;
    if (!(values.date instanceof Date))
      throw new StoreError(16006, `can't convert from ${typeName(values.date)} to Date`);
    if (values.format !== undefined && !DATE_FORMAT.test(String(values.format))) {
      throw new StoreError(18536, `Invalid format character in the format string of $dateToString: ${values.format}`);
    }
    try {
      // the values hold nothing more to evaluate
      return formatDate({}, values as Parameters<typeof formatDate>[1], {} as Parameters<typeof formatDate>[2]);
    } catch (cause) {
      throw badValue(cause instanceof Error ? cause.message : String(cause));
    }
  };
};

const OPERATORS: Record<string, Operator> = {
  $literal: (operand) => () => operand,
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $and: withValues((values) => values.every(isTrue)),
  $or: withValues((values) => values.some(isTrue)),
  $not: withValues(([value]) => !isTrue(value), 1),
  $cond: condition,
  $ifNull: withValues((values) => values.find((value) => !isMissing(value)) ?? values.at(-1)),
  $add: folded("$add", "+", 0),
  $multiply: folded("$multiply", "*", 1),
  $subtract: subtract,
  $in: contains,
  $size: sizeOf,
  $dateToString: dateToString,
};

/** What a path such as `$a.b` reads: through an array, the values of its elements. */
function readPath(value: unknown, path: readonly string[], depth = 0): unknown {
  const name = path[depth];
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    return value.map((element) => readPath(element, path, depth)).filter((element) => element !== undefined);
  }
  return isDocument(value) ? readPath(getField(value, name), path, depth + 1) : undefined;
}

function compileText(text: string, now: Date): Evaluate {
  if (!text.startsWith("$")) return () => text;
  if (text === "$$NOW") return () => now;
  if (text === "$$ROOT") return (document) => document;
  if (text.startsWith("$$")) throw new StoreError(17276, `Use of undefined variable: ${text.slice(2)}`);
  const path = text.slice(1).split(".");
  if (path.includes("")) throw new StoreError(40353, `'${text}' is not a valid field path`);
  return (document) => readPath(document, path);
}

function compile(expression: unknown, now: Date): Evaluate {
  if (typeof expression === "string") return compileText(expression, now);
  if (Array.isArray(expression)) {
    const parts = expression.map((part) => compile(part, now));
    return (document) => parts.map((evaluate) => evaluate(document) ?? null);
  }
  if (!isDocument(expression)) return () => expression;
  const names = Object.keys(expression);
  const operator = names.find((name) => name.startsWith("$"));
  if (operator !== undefined) {
    if (names.length > 1) throw badValue("an expression must contain a single operator");
    const known = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
    if (!known) throw new StoreError(168, `Unrecognized expression '${operator}'`);
    return known(expression[operator], now);
  }
  const fields = names.map((name) => ({ name, evaluate: compile(expression[name], now) }));
  return (document) => {
    const result: Doc = {};
    for (const { name, evaluate } of fields) {
      const value = evaluate(document);
      // a field that comes out missing is not the same as null
      if (value !== undefined) setField(result, name, value);
    }
    return result;
  };
}

/**
 * Compiles an expression, refusing unknown operators before anything is evaluated. `$$NOW` is the time of compiling,
 * the same for every document.
 */
export const compileExpression = (expression: unknown): Evaluate => compile(expression, new Date());

/** Compiles the operand of `$expr` to a test. */
export function compileCondition(expression: unknown): (document: unknown) => boolean {
  const evaluate = compileExpression(expression);
  return (document) => isTrue(evaluate(document as Doc));
}
