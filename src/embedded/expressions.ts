import { Decimal128, type Long, type ObjectId } from "bson";
import { Context, evalExpr as mingoEvaluate } from "mingo/core";
import * as mingoExpressions from "mingo/operators/expression";
import {
  type Doc,
  getField,
  isDocument,
  isNumeric,
  type Numeric,
  TypeOrder,
  toNumber,
  toPlain,
  typeName,
  typeOrder,
} from "./bson-values";
import { compareValues, equalValues } from "./compare";
import { badValue, StoreError } from "./errors";
import { arithmetic } from "./numbers";

type MingoOptions = Parameters<typeof mingoEvaluate>[2];
/** What mingo makes of its options for one expression: the time and the document at the root. */
type Evaluation = MingoOptions & { now: Date; update(locals: { root: unknown }): Evaluation };
type Operator = (document: unknown, operand: unknown, options: Evaluation) => unknown;

/** The operators taken from mingo as they are. Every other name is refused. */
const FROM_MINGO = [
  ...["$and", "$or", "$not", "$cond", "$ifNull", "$switch", "$let", "$literal"],
  ...["$concat", "$toLower", "$toUpper", "$substrCP", "$strLenCP", "$split", "$trim", "$ltrim", "$rtrim"],
  ...["$arrayElemAt", "$concatArrays", "$filter", "$first", "$indexOfArray", "$isArray", "$last", "$map", "$range"],
  ...["$reduce", "$reverseArray", "$size", "$slice", "$arrayToObject", "$objectToArray", "$mergeObjects"],
  ...["$dateToString", "$year", "$month", "$dayOfMonth", "$dayOfWeek", "$hour", "$minute", "$second", "$toDate"],
] as const;

/** Arithmetic taken from mingo, which knows doubles only: anything else must not reach it. */
const DOUBLES_ONLY = ["$divide", "$mod", "$abs", "$ceil", "$floor", "$round", "$trunc", "$toInt"] as const;

const isMissing = (value: unknown) => value === null || value === undefined;

/** Evaluates the operands, then applies the operator to their values. */
const withValues =
  (apply: (values: unknown[]) => unknown): Operator =>
  (document, operand, options) => {
    const operands = Array.isArray(operand) ? operand : [operand];
    return apply(operands.map((expression) => mingoEvaluate(document, expression, options)));
  };

// in an expression a missing value comes before null
function compareOperands(left: unknown, right: unknown): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  return compareValues(left, right);
}

const comparison = (accepts: (order: number) => boolean) =>
  withValues(([left, right]) => accepts(compareOperands(left, right)));

function numbers(operator: string, values: unknown[]): Numeric[] {
  return values.map((value) => {
    if (!isNumeric(value)) throw new StoreError(14, `${operator} only supports numeric types, not ${typeName(value)}`);
    return value;
  });
}

/** Adds up in the widest type among the numbers. */
export function sum(values: Numeric[]): unknown {
  return toPlain(values.reduce<Numeric>((total, value) => arithmetic("+", total, value), 0));
}

const add = withValues((values) => {
  if (values.some(isMissing)) return null;
  const dates = values.filter((value) => value instanceof Date);
  if (dates.length > 1) throw new StoreError(16612, "only one date allowed in an $add expression");
  const total = sum(
    numbers(
      "$add",
      values.filter((value) => !(value instanceof Date)),
    ),
  );
  return dates[0] ? new Date(dates[0].getTime() + toNumber(total as Numeric)) : total;
});

const subtract = withValues(([left, right]) => {
  if (isMissing(left) || isMissing(right)) return null;
  if (left instanceof Date) {
    if (right instanceof Date) return left.getTime() - right.getTime();
    const [milliseconds = 0] = numbers("$subtract", [right]);
    return new Date(left.getTime() - toNumber(milliseconds));
  }
  const [minuend = 0, subtrahend = 0] = numbers("$subtract", [left, right]);
  return toPlain(arithmetic("+", minuend, arithmetic("*", subtrahend, -1)));
});

const multiply = withValues((values) => {
  if (values.some(isMissing)) return null;
  return toPlain(numbers("$multiply", values).reduce((product, value) => arithmetic("*", product, value), 1));
});

const contains = withValues(([value, array]) => {
  if (!Array.isArray(array)) {
    throw new StoreError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  }
  return array.some((element) => equalValues(element, value));
});

const convertToString = withValues(([value]) => {
  if (isMissing(value)) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeOrder(value) === TypeOrder.objectId) return (value as ObjectId).toHexString();
  if (typeof value === "string" || typeof value === "boolean" || isNumeric(value)) return String(value);
  throw new StoreError(241, `Unsupported conversion from ${typeName(value)} to string`);
});

const convertToDouble = withValues(([value]) => {
  if (isMissing(value)) return null;
  const number = isNumeric(value) ? toNumber(value) : typeof value === "boolean" ? Number(value) : Number.NaN;
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : number;
  if (Number.isNaN(parsed) && !isNumeric(value)) {
    throw new StoreError(241, `Failed to convert ${typeName(value)} to double`);
  }
  return parsed;
});

/** `$min` and `$max` of the numbers, strings and so on that are there. */
export function extreme(values: unknown[], direction: 1 | -1): unknown {
  const present = values.filter((value) => !isMissing(value));
  if (present.length === 0) return null;
  return present.reduce((best, value) => (compareValues(value, best) * direction < 0 ? value : best));
}

/** The mean of the numbers among the values; null when there are none. */
export function average(values: unknown[]): unknown {
  const present = values.filter(isNumeric);
  if (present.length === 0) return null;
  const total = sum(present) as Numeric;
  const mean = toNumber(total) / present.length;
  return total instanceof Decimal128 ? Decimal128.fromStringWithRounding(mean.toPrecision(15)) : mean;
}

/** An accumulator used as an expression takes one array, or its operands. */
const overList = (apply: (values: unknown[]) => unknown) =>
  withValues((values) => apply(values.length === 1 && Array.isArray(values[0]) ? values[0] : values));

const OWN: Record<string, Operator> = {
  $cmp: withValues(([left, right]) => compareOperands(left, right)),
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $in: contains,
  $sum: overList((values) => sum(values.filter(isNumeric))),
  $avg: overList(average),
  $min: overList((values) => extreme(values, 1)),
  $max: overList((values) => extreme(values, -1)),
  $type: withValues(([value]) => typeName(value)),
  $toString: convertToString,
  $toDouble: convertToDouble,
};

function doublesOnly(name: string, operator: Operator): Operator {
  return (document, operand, options) => {
    const operands = Array.isArray(operand) ? operand : [operand];
    for (const expression of operands) {
      const value = mingoEvaluate(document, expression, options);
      if (value instanceof Decimal128 || (value as Long | null)?._bsontype === "Long") {
        throw badValue(`${name} on ${typeName(value)} values is not supported by the embedded store`);
      }
    }
    return operator(document, operand, options);
  };
}

const available = mingoExpressions as unknown as Record<string, Operator>;
function fromMingo(name: string): Operator {
  const operator = available[name];
  if (!operator) throw new Error(`mingo has no ${name}`);
  return operator;
}

const operators: Record<string, Operator> = { ...OWN };
for (const name of FROM_MINGO) operators[name] = fromMingo(name);
for (const name of DOUBLES_ONLY) operators[name] = doublesOnly(name, fromMingo(name));

const BEGIN = "$beginEvaluation";
const begun: Operator = (_document, _operand, options) => options;
const context = Context.init({ expression: { ...operators, [BEGIN]: begun } as never });

/** Mingo copies its whole table of operators for each call with plain options; made once, its own form is reused. */
function beginEvaluation(): Evaluation {
  return mingoEvaluate({}, { [BEGIN]: null }, { context } as MingoOptions) as Evaluation;
}

/** Refuses operators that are not ours before anything is evaluated, so that no pipeline stops half way. */
function checkOperators(expression: unknown): void {
  if (Array.isArray(expression)) {
    for (const part of expression) checkOperators(part);
  } else if (isDocument(expression) && expression._bsontype === undefined) {
    const names = Object.keys(expression);
    if (names[0] === "$literal" && names.length === 1) return;
    for (const [name, operand] of Object.entries(expression)) {
      if (name.startsWith("$")) {
        if (names.length > 1) throw badValue("an expression must contain a single operator");
        if (!Object.hasOwn(operators, name)) throw new StoreError(168, `Unrecognized expression '${name}'`);
      }
      checkOperators(operand);
    }
  }
}

/** A compiled expression. It takes a plain document and returns undefined for "missing". */
export type Evaluate = (document: Doc) => unknown;

/** Compiles an expression. `$$NOW` is the time of compiling, the same for every document. */
export function compileExpression(given: unknown): Evaluate {
  const expression = toPlain(given);
  checkOperators(expression);
  if (typeof expression === "string" && /^\$[^$.]+$/.test(expression)) {
    const name = expression.slice(1);
    return (document) => getField(document, name);
  }
  const options = beginEvaluation();
  // reading it once fixes the time
  void options.now;
  return (document) => {
    try {
      return mingoEvaluate(document, expression as never, options.update({ root: document as never }));
    } catch (cause) {
      if (cause instanceof StoreError) throw cause;
      throw badValue(cause instanceof Error ? cause.message : String(cause));
    }
  };
}

/** Compiles the operand of `$expr` to a test on exactly decoded documents. */
export function compileCondition(expression: unknown): (document: unknown) => boolean {
  const evaluate = compileExpression(expression);
  return (document) => {
    const value = evaluate(toPlain(document) as Doc);
    return !(isMissing(value) || value === false || (isNumeric(value) && toNumber(value) === 0));
  };
}
