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
import { compareValues, equalValues, parseSort, sortInMemory } from "./compare";
import { badValue, StoreError } from "./errors";
import { compileFilter, isOperatorDocument, matchedElement, type Predicate } from "./matcher";
import { arithmetic } from "./numbers";
import type { UpdateStep } from "./update-spec";

const MAX_BACKFILL = 1_500_000;

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

function removeMember({ holder, name }: Slot): void {
  // an array keeps its length: the place becomes null
  if (Array.isArray(holder)) holder[Number(name)] = null;
  else delete holder[name];
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

/** Replaces `$` by the position of the element that met the filter. */
function resolvePath(document: Doc, parts: string[], filter: Doc): string[] {
  const resolved: string[] = [];
  for (const part of parts) {
    if (part !== "$") {
      resolved.push(part);
      continue;
    }
    const position = matchedElement(document, filter, resolved.join("."));
    if (position < 0) throw badValue("The positional operator did not find the match needed from the query.");
    resolved.push(String(position));
  }
  return resolved;
}

function arrayAt(slot: Slot, operator: string, document: Doc): unknown[] | undefined {
  if (slot.value === undefined) return undefined;
  if (Array.isArray(slot.value)) return slot.value;
  throw new StoreError(
    operator === "$pop" ? 14 : 2,
    `Cannot apply ${operator}: the field '${slot.name}' must be an array but is of type ${typeName(slot.value)} in document {_id: ${show(document._id)}}`,
  );
}

function pushed(array: unknown[], operand: unknown): unknown[] {
  const clauses = isDocument(operand) && Array.isArray(operand.$each) ? operand : { $each: [operand] };
  const added = (clauses.$each as unknown[]).map(cloneValue);
  const given = clauses.$position;
  const position = isNumeric(given) ? toNumber(given) : array.length;
  let result = array.toSpliced(position < 0 ? Math.max(0, array.length + position) : position, 0, ...added);
  const { $sort: sort, $slice: slice } = clauses;
  if (isDocument(sort)) result = sortInMemory(result, parseSort(sort));
  else if (isNumeric(sort)) result.sort((left, right) => compareValues(left, right) * toNumber(sort));
  if (isNumeric(slice)) {
    const count = toNumber(slice);
    result = count >= 0 ? result.slice(0, count) : result.slice(count);
  }
  return result;
}

/** The test for what `$pull` removes: an element like the operand, or one that meets it as a condition. */
function pullTest(operand: unknown): Predicate {
  if (isOperatorDocument(operand) && !["$and", "$or", "$nor"].includes(Object.keys(operand)[0] ?? "")) {
    const matches = compileFilter({ element: operand });
    return (element) => matches({ element });
  }
  if (isDocument(operand)) {
    const matches = compileFilter(operand);
    return (element) => isDocument(element) && matches(element);
  }
  if (typeOrder(operand) === TypeOrder.regex) {
    const matches = compileFilter({ element: operand });
    return (element) => matches({ element });
  }
  return (element) => equalValues(element, operand);
}

function calculate(step: UpdateStep, slot: Slot, document: Doc): Numeric {
  const operand = step.operand as Numeric;
  if (slot.value === undefined) return step.operator === "$inc" ? operand : arithmetic("*", operand, 0);
  if (!isNumeric(slot.value)) {
    throw new StoreError(
      14,
      `Cannot apply ${step.operator} to a value of non-numeric type. {_id: ${show(document._id)}} has the field '${slot.name}' of non-numeric type ${typeName(slot.value)}`,
    );
  }
  return arithmetic(step.operator === "$inc" ? "+" : "*", slot.value, operand);
}

function applyRemoval(step: UpdateStep, slot: Slot, document: Doc): void {
  const { operator, operand } = step;
  if (slot.value === undefined) return;
  if (operator === "$unset") {
    removeMember(slot);
    return;
  }
  const array = arrayAt(slot, operator, document) ?? [];
  let kept: unknown[];
  if (operator === "$pop") {
    kept = toNumber(operand as Numeric) === 1 ? array.slice(0, -1) : array.slice(1);
  } else if (operator === "$pullAll") {
    const unwanted = operand as unknown[];
    kept = array.filter((element) => !unwanted.some((value) => equalValues(value, element)));
  } else {
    const unwanted = pullTest(operand);
    kept = array.filter((element) => !unwanted(element));
  }
  writeMember(slot.holder, slot.name, kept);
}

function newValue(step: UpdateStep, slot: Slot, document: Doc, now: Date): unknown {
  const { operator, operand } = step;
  switch (operator) {
    case "$inc":
    case "$mul":
      return calculate(step, slot, document);
    case "$min":
    case "$max": {
      const order = slot.value === undefined ? 0 : compareValues(operand, slot.value);
      const replaces = slot.value === undefined || (operator === "$min" ? order < 0 : order > 0);
      return replaces ? cloneValue(operand) : slot.value;
    }
    case "$currentDate":
      return now;
    case "$push":
      return pushed(arrayAt(slot, operator, document) ?? [], operand);
    case "$addToSet": {
      const set = [...(arrayAt(slot, operator, document) ?? [])];
      for (const value of isDocument(operand) && Array.isArray(operand.$each) ? operand.$each : [operand]) {
        if (!set.some((element) => equalValues(element, value))) set.push(cloneValue(value));
      }
      return set;
    }
    default:
      return cloneValue(operand);
  }
}

function rename(document: Doc, step: UpdateStep): void {
  const from = findSlot(document, step.parts, false);
  if (!from || from.value === undefined) return;
  if (Array.isArray(from.holder)) throw badValue(`The source field of $rename cannot be an array element`);
  removeMember(from);
  const to = findSlot(document, String(step.operand).split("."), true);
  if (!to || Array.isArray(to.holder)) throw badValue(`The destination of $rename cannot be an array element`);
  writeMember(to.holder, to.name, from.value);
}

const REMOVALS = new Set<UpdateStep["operator"]>(["$unset", "$pull", "$pullAll", "$pop"]);

/**
 * Applies parsed operators to a decoded document, in place. It may throw half way, so the caller hands in a copy and
 * stores it only when this returns.
 */
export function applyUpdate(document: Doc, steps: UpdateStep[], filter: Doc, inserting: boolean, now: Date): void {
  const applicable = steps.filter(({ operator }) => inserting || operator !== "$setOnInsert");
  // `$` means an element of the document as it was found, so every path is settled before anything changes
  const resolved = applicable.map((step) => ({ ...step, parts: resolvePath(document, step.parts, filter) }));
  for (const step of resolved) {
    if (step.operator === "$rename") {
      rename(document, step);
      continue;
    }
    const removes = REMOVALS.has(step.operator);
    const slot = findSlot(document, step.parts, !removes);
    if (!slot) continue;
    if (removes) applyRemoval(step, slot, document);
    else writeMember(slot.holder, slot.name, newValue(step, slot, document, now));
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
    if (slot?.value !== undefined)
      throw new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    if (slot) writeMember(slot.holder, slot.name, cloneValue(value));
  }
  return base;
}
