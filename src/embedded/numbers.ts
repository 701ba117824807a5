import { Decimal128, Double, Int32, Long } from "bson";
import { isInt32, type Numeric, toNumber } from "./bson-values";
import { badValue } from "./errors";

/** Coefficient and power of ten of a finite decimal; null for NaN and the infinities. */
export function decimalParts(value: Decimal128): { coefficient: bigint; exponent: number } | null {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:E([+-]?\d+))?$/i.exec(value.toString());
  if (!match) return null;
  const [, sign, whole = "", fraction = "", power = "0"] = match;
  const coefficient = BigInt(whole + fraction);
  return { coefficient: sign ? -coefficient : coefficient, exponent: Number(power) - fraction.length };
}

/** The exact value as a fraction; null when it is not finite. */
export function exactFraction(value: Numeric): { numerator: bigint; denominator: bigint } | null {
  if (value instanceof Long) return { numerator: value.toBigInt(), denominator: 1n };
  if (value instanceof Decimal128) {
    const parts = decimalParts(value);
    if (!parts) return null;
    const { coefficient, exponent } = parts;
    return exponent >= 0
      ? { numerator: coefficient * 10n ** BigInt(exponent), denominator: 1n }
      : { numerator: coefficient, denominator: 10n ** BigInt(-exponent) };
  }
  let mantissa = toNumber(value);
  if (!Number.isFinite(mantissa)) return null;
  let halvings = 0n;
  while (!Number.isInteger(mantissa)) {
    mantissa *= 2;
    halvings++;
  }
  return { numerator: BigInt(mantissa), denominator: 1n << halvings };
}

const isExactDouble = (value: Numeric) => !(value instanceof Long || value instanceof Decimal128);

/** Orders numbers of any type by their exact value; NaN comes before every other number. */
export function compareNumbers(left: Numeric, right: Numeric): number {
  const a = toNumber(left);
  const b = toNumber(right);
  if ((isExactDouble(left) && isExactDouble(right)) || !Number.isFinite(a) || !Number.isFinite(b)) {
    if (a === b) return 0;
    if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1;
    return a < b ? -1 : 1;
  }
  // far enough apart for the nearest doubles to decide; only close calls pay for exact arithmetic
  if (Math.abs(a - b) > 1e-9 * Math.max(Math.abs(a), Math.abs(b))) return a < b ? -1 : 1;
  const x = exactFraction(left);
  const y = exactFraction(right);
  if (!x || !y) return a < b ? -1 : 1;
  const l = x.numerator * y.denominator;
  const r = y.numerator * x.denominator;
  return l < r ? -1 : l > r ? 1 : 0;
}

type Rank = "int" | "long" | "double" | "decimal";
function rankOf(value: Numeric): Rank {
  if (value instanceof Decimal128) return "decimal";
  if (value instanceof Long) return "long";
  if (value instanceof Int32) return "int";
  return typeof value === "number" && isInt32(value) ? "int" : "double";
}

function toDecimal(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  return Decimal128.fromStringWithRounding(
    rankOf(value) === "double" ? toNumber(value).toPrecision(15) : value.toString(),
  );
}

function decimalArithmetic(operator: "+" | "*", left: Numeric, right: Numeric): Decimal128 {
  const a = decimalParts(toDecimal(left));
  const b = decimalParts(toDecimal(right));
  if (!a || !b) {
    const x = toNumber(left);
    const y = toNumber(right);
    return Decimal128.fromString(String(operator === "+" ? x + y : x * y));
  }
  if (operator === "*") {
    return Decimal128.fromStringWithRounding(`${a.coefficient * b.coefficient}E${a.exponent + b.exponent}`);
  }
  const exponent = Math.min(a.exponent, b.exponent);
  const scale = (parts: typeof a) => parts.coefficient * 10n ** BigInt(parts.exponent - exponent);
  return Decimal128.fromStringWithRounding(`${scale(a) + scale(b)}E${exponent}`);
}

/** Adds or multiplies as MongoDB does: the wider type wins, integers grow to 64 bits and then fail. */
export function arithmetic(operator: "+" | "*", left: Numeric, right: Numeric): Numeric {
  const ranks = [rankOf(left), rankOf(right)];
  if (ranks.includes("decimal")) return decimalArithmetic(operator, left, right);
  if (ranks.includes("double")) {
    const result = operator === "+" ? toNumber(left) + toNumber(right) : toNumber(left) * toNumber(right);
    return new Double(result);
  }
  const a = BigInt(left.toString());
  const b = BigInt(right.toString());
  const result = operator === "+" ? a + b : a * b;
  if (!ranks.includes("long") && result >= -(1n << 31n) && result < 1n << 31n) return new Int32(Number(result));
  if (result < -(1n << 63n) || result >= 1n << 63n) {
    throw badValue(`the integer arithmetic ${left} ${operator} ${right} leaves 64 bits`);
  }
  return Long.fromBigInt(result);
}
