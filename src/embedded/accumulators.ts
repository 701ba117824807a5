import { type Doc, isNumeric, type Numeric } from "./bson-values";
import { StoreError } from "./errors";
import { average, compileExpression, type Evaluate, extreme, sum } from "./expressions";
import { encodeValue } from "./key-encoding";
import { arithmetic } from "./numbers";

/** Gathers one output field of one group. */
export interface Accumulator {
  add(value: unknown): void;
  result(): unknown;
}

function summing(): Accumulator {
  let total: Numeric = 0;
  return {
    add(value) {
      if (isNumeric(value)) total = arithmetic("+", total, value);
    },
    result: () => sum([total]),
  };
}

function counting(): Accumulator {
  let count = 0;
  return { add: () => count++, result: () => count };
}

function averaging(): Accumulator {
  const numbers: Numeric[] = [];
  return {
    add(value) {
      if (isNumeric(value)) numbers.push(value);
    },
    result: () => average(numbers),
  };
}

const keepingExtreme = (direction: 1 | -1) => (): Accumulator => {
  let best: unknown = null;
  return {
    add(value) {
      best = extreme([best, value], direction);
    },
    result: () => best,
  };
};

const keepingOne = (last: boolean) => (): Accumulator => {
  let kept: unknown = null;
  let seen = false;
  return {
    add(value) {
      if (last || !seen) kept = value ?? null;
      seen = true;
    },
    result: () => kept,
  };
};

function collecting(): Accumulator {
  const values: unknown[] = [];
  return {
    add(value) {
      if (value !== undefined) values.push(value);
    },
    result: () => values,
  };
}

function collectingDistinct(): Accumulator {
  const values = new Map<string, unknown>();
  return {
    add(value) {
      if (value === undefined) return;
      const key = encodeValue(value).toString("latin1");
      if (!values.has(key)) values.set(key, value);
    },
    result: () => [...values.values()],
  };
}

const FACTORIES: Record<string, () => Accumulator> = {
  $sum: summing,
  $count: counting,
  $avg: averaging,
  $min: keepingExtreme(1),
  $max: keepingExtreme(-1),
  $first: keepingOne(false),
  $last: keepingOne(true),
  $push: collecting,
  $addToSet: collectingDistinct,
};

/** Compiles `{ $sum: "$amount" }`: what to evaluate for each document and where its values go. */
export function compileAccumulator(field: string, spec: Doc): { evaluate: Evaluate; create: () => Accumulator } {
  const [operator = "", ...others] = Object.keys(spec);
  if (!operator || others.length > 0) throw new StoreError(40238, `The field '${field}' must specify one accumulator`);
  const create = Object.hasOwn(FACTORIES, operator) ? FACTORIES[operator] : undefined;
  if (!create) throw new StoreError(15952, `unknown group operator '${operator}'`);
  return { evaluate: compileExpression(operator === "$count" ? 1 : spec[operator]), create };
}
