import { Double, Int32, Long } from "bson";
import { isInt32, type Numeric, toNumber } from "./bson-values";
import { badValue } from "./errors";

const whole = (value: Numeric) => (value instanceof Long ? value.toBigInt() : BigInt(toNumber(value)));

/** Orders numbers of any type by their exact value; NaN comes before every other number. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  const a = toNumber(left);
  const b = toNumber(right);
  if (a < b) return -1;
  if (a > b) return 1;
  if (a !== b) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  if (!(left instanceof Long || right instanceof Long)) return 0;
  // two whole numbers beyond 53 bits may share their nearest double
  const l = whole(left);
  const r = whole(right);
  return l < r ? -1 : l > r ? 1 : 0;
}

const isDouble = (value: Numeric) => value instanceof Double || (typeof value === "number" && !isInt32(value));

/** Adds or multiplies as MongoDB does: the wider type wins, integers grow to 64 bits and then fail. */
export function arithmetic(operator: "+" | "*", left: Numeric, right: Numeric): Numeric {
  if (isDouble(left) || isDouble(right)) {
    return new Double(operator === "+" ? toNumber(left) + toNumber(right) : toNumber(left) * toNumber(right));
  }
  const result = operator === "+" ? whole(left) + whole(right) : whole(left) * whole(right);
  const isLong = left instanceof Long || right instanceof Long;
  if (!isLong && result >= -(1n << 31n) && result < 1n << 31n) return new Int32(Number(result));
  if (result < -(1n << 63n) || result >= 1n << 63n) {
    throw badValue(`the integer arithmetic ${left} ${operator} ${right} leaves 64 bits`);
  }
  return Long.fromBigInt(result);
}
