import {
  cloneValue,
  type Doc,
  getField,
  isArrayIndex,
  isDocument,
  isNumeric,
  type Numeric,
  setField,
  show,
  TypeOrder,
  toNumber,
  typeName,
  typeOrder,
} from "./bson-values";
import { compareValues, equalValues } from "./compare";
import { badValue, notSupported, StoreError } from "./errors";
import { compileFilter, isOperatorDocument, type Predicate } from "./matcher";
import { arithmetic } from "./numbers";

/** One operator applied to one path. */
interface UpdateStep {
  operator: UpdateOperator;
  parts: string[];
  operand: unknown;
}

const OPERATORS = ["$set", "$unset", "$inc", "$min", "$max", "$setOnInsert", "$push", "$addToSet", "$pull"] as const;
type UpdateOperator = (typeof OPERATORS)[number];
const LEFT_OUT = ["$mul", "$rename", "$currentDate", "$pullAll", "$pop", "$bit"];
const MAX_BACKFILL = 1_500_000;

const isUpdateOperator = (name: string): name is UpdateOperator => OPERATORS.some((operator) => operator === name);

function splitPath(path: string): string[] {
  const parts = path.split(".");
  if (parts.includes("")) throw new StoreError(56, `The update path '${path}' contains an empty field name.`);
  if (parts[0]?.startsWith("$")) {
    throw new StoreError(52, `The dollar ($) prefixed field '${parts[0]}' in '${path}' is not allowed in an update.`);
  }
  for (const part of parts) {
    if (part === "$" || part.startsWith("$[")) throw notSupported(`the array path '${part}' in '${path}'`);
  }
  return parts;
}

function checkClauses(operator: string, operand: Doc, allowed: string[]): void {
  for (const clause of Object.keys(operand)) {
    if (["$sort", "$position"].includes(clause)) throw notSupported(`${clause} in ${operator}`);
    if (!allowed.includes(clause)) throw badValue(`Unrecognized clause in ${operator}: ${clause}`);
  }
  const { $each: each, $slice: slice } = operand;
  if (!Array.isArray(each)) {
    throw badValue(`The argument to $each in ${operator} must be an array but it was of type: ${typeName(each)}`);
  }
  if (slice !== undefined && !(isNumeric(slice) && Number.isInteger(toNumber(slice)))) {
    throw badValue(`The value for $slice must be an integer value but was given type: ${typeName(slice)}`);
  }
}

function checkOperand(operator: UpdateOperator, path: string, operand: unknown): void {
  if (operator === "$inc" && !isNumeric(operand)) {
    throw new StoreError(14, `Cannot increment with non-numeric argument: {${path}: ${show(operand)}}`);
  }
  if (!isDocument(operand)) return;
  if (operator === "$push" && Object.keys(operand).some((name) => name.startsWith("$"))) {
    checkClauses(operator, operand, ["$each", "$slice"]);
  }
  if (operator === "$addToSet" && "$each" in operand) checkClauses(operator, operand, ["$each"]);
}

function checkConflicts(paths: string[]): void {
  for (const [position, path] of paths.entries()) {
    for (const other of paths.slice(position + 1)) {
      if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
        throw new StoreError(40, `Updating the path '${other}' would create a conflict at '${path}'`);
      }
    }
  }
}

/** Reads `{ $set: {…}, $inc: {…} }` and checks all that can be checked without a document. */
export function parseUpdate(update: Doc): UpdateStep[] {
  const steps: (UpdateStep & { path: string })[] = [];
  for (const [operator, fields] of Object.entries(update)) {
    if (LEFT_OUT.includes(operator)) throw notSupported(`the update operator ${operator}`);
    if (!isUpdateOperator(operator)) throw new StoreError(9, `Unknown modifier: ${operator}.`);
    if (!isDocument(fields)) {
      throw new StoreError(9, `Modifiers operate on fields but we found type ${typeName(fields)} under ${operator}`);
    }
    for (const [path, operand] of Object.entries(fields)) {
      const parts = splitPath(path);
      checkOperand(operator, path, operand);
      steps.push({ operator, path, parts, operand });
    }
  }
  checkConflicts(steps.map(({ path }) => path));
  // new fields are added in the order of their names
  return steps.sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The document or array that holds the last component of a path. */
interface Slot {
  holder: Doc | unknown[];
  name: string;
  value: unknown;
}

function readMember(holder: Doc | unknown[], name: string): unknown {
  return Array.isArray(holder) ? holder[Number(name)] : getField(holder, name);
}

function writeMember(holder: Doc | unknown[], name: string, value: unknown): void {
  if (!Array.isArray(holder)) {
    setField(holder, name, value);
    return;
  }
  while (holder.length < Number(name)) holder.push(null);
  holder[Number(name)] = value;
}

/** Whether a path can go on into this value, and where it cannot. */
function asHolder(value: unknown, name: string): Doc | unknown[] | undefined {
  if (Array.isArray(value)) {
    if (!isArrayIndex(name)) return undefined;
    if (Number(name) > value.length + MAX_BACKFILL) throw badValue("the array position is too far beyond the end");
    return value;
  }
  return isDocument(value) ? value : undefined;
}

/** Finds the place a path leads to. With `create` the documents on the way are made; without, undefined is returned. */
function findSlot(document: Doc, parts: string[], create: boolean): Slot | undefined {
  let current: unknown = document;
  for (const [depth, name] of parts.entries()) {
    const holder = asHolder(current, name);
    if (!holder) {
      if (!create) return undefined;
      throw new StoreError(28, `Cannot create field '${name}' in element {${parts[depth - 1]}: ${show(current)}}`);
    }
    const value = readMember(holder, name);
    if (depth === parts.length - 1) return { holder, name, value };
    if (value === undefined && !create) return undefined;
    if (value === undefined) writeMember(holder, name, {});
    current = readMember(holder, name);
  }
  return undefined;
}

function arrayAt({ name, value }: Slot, operator: string, document: Doc): unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw badValue(
    `Cannot apply ${operator}: the field '${name}' must be an array but is of type ${typeName(value)} in document {_id: ${show(document._id)}}`,
  );
}

/** What `$each` lists, or the one operand. */
const eachOf = (operand: unknown): unknown[] =>
  isDocument(operand) && Array.isArray(operand.$each) ? operand.$each : [operand];

function pushed(array: unknown[], operand: unknown): unknown[] {
  const result = [...array, ...eachOf(operand).map(cloneValue)];
  const slice = isDocument(operand) && Array.isArray(operand.$each) ? operand.$slice : undefined;
  if (!isNumeric(slice)) return result;
  const count = toNumber(slice);
  return count >= 0 ? result.slice(0, count) : result.slice(count);
}

function withAdded(array: unknown[], operand: unknown): unknown[] {
  const set = [...array];
  for (const value of eachOf(operand)) {
    if (!set.some((element) => equalValues(element, value))) set.push(cloneValue(value));
  }
  return set;
}

/** The test for what `$pull` removes: an element like the operand, or one that meets it as a condition. */
function pullTest(operand: unknown): Predicate {
  const [first = ""] = isDocument(operand) ? Object.keys(operand) : [];
  if (isDocument(operand) && (!isOperatorDocument(operand) || ["$and", "$or", "$nor"].includes(first))) {
    const matches = compileFilter(operand);
    return (element) => isDocument(element) && matches(element);
  }
  if (isOperatorDocument(operand) || typeOrder(operand) === TypeOrder.regex) {
    const matches = compileFilter({ element: operand });
    return (element) => matches({ element });
  }
  return (element) => equalValues(element, operand);
}

function incremented({ name, value }: Slot, operand: Numeric, document: Doc): Numeric {
  if (value === undefined) return operand;
  if (isNumeric(value)) return arithmetic("+", value, operand);
  throw new StoreError(
    14,
    `Cannot apply $inc to a value of non-numeric type. {_id: ${show(document._id)}} has the field '${name}' of non-numeric type ${typeName(value)}`,
  );
}

function newValue({ operator, operand }: UpdateStep, slot: Slot, document: Doc): unknown {
  switch (operator) {
    case "$inc":
      return incremented(slot, operand as Numeric, document);
    case "$min":
    case "$max": {
      const order = slot.value === undefined ? 0 : compareValues(operand, slot.value);
      const replaces = slot.value === undefined || (operator === "$min" ? order < 0 : order > 0);
      return replaces ? cloneValue(operand) : slot.value;
    }
    case "$push":
      return pushed(arrayAt(slot, operator, document), operand);
    case "$addToSet":
      return withAdded(arrayAt(slot, operator, document), operand);
    case "$pull": {
      const unwanted = pullTest(operand);
      return arrayAt(slot, operator, document).filter((element) => !unwanted(element));
    }
    default:
      return cloneValue(operand);
  }
}

/**
 * Applies parsed operators to a decoded document, in place. It may throw half way, so the caller hands in a copy and
 * stores it only when this returns.
 */
export function applyUpdate(document: Doc, steps: UpdateStep[], inserting: boolean): void {
  for (const step of steps) {
    const { operator, parts } = step;
    if (operator === "$setOnInsert" && !inserting) continue;
    const removes = operator === "$unset" || operator === "$pull";
    const slot = findSlot(document, parts, !removes);
    if (!slot || (removes && slot.value === undefined)) continue;
    const { holder, name } = slot;
    if (operator !== "$unset") writeMember(holder, name, newValue(step, slot, document));
    // an array keeps its length: the place becomes null
    else if (Array.isArray(holder)) holder[Number(name)] = null;
    else delete holder[name];
  }
}

/** The fields an upsert starts from: those the filter holds to one value. */
export function upsertBase(filter: Doc, base: Doc = {}): Doc {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === "$and" && Array.isArray(condition)) {
      for (const part of condition) upsertBase(part, base);
      continue;
    }
    if (path.startsWith("$")) continue;
    const isCondition = isOperatorDocument(condition);
    if (isCondition && !("$eq" in condition)) continue;
    const value = isCondition ? condition.$eq : condition;
    if (typeOrder(value) === TypeOrder.regex) continue;
    const slot = findSlot(base, path.split("."), true);
    if (slot?.value !== undefined) {
      throw new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    if (slot) writeMember(slot.holder, slot.name, cloneValue(value));
  }
  return base;
}
