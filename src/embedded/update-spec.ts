import { type Doc, isDocument, isNumeric, show, toNumber, typeName } from "./bson-values";
import { parseSort } from "./compare";
import { badValue, notSupported, StoreError } from "./errors";

/** One operator applied to one path. */
export interface UpdateStep {
  operator: UpdateOperator;
  path: string;
  parts: string[];
  operand: unknown;
}

const OPERATORS = [
  "$set",
  "$unset",
  "$inc",
  "$mul",
  "$min",
  "$max",
  "$rename",
  "$setOnInsert",
  "$currentDate",
  "$push",
  "$addToSet",
  "$pull",
  "$pullAll",
  "$pop",
] as const;
export type UpdateOperator = (typeof OPERATORS)[number];

const isUpdateOperator = (name: string): name is UpdateOperator => OPERATORS.some((operator) => operator === name);

function splitPath(path: string): string[] {
  const parts = path.split(".");
  if (parts.includes("")) throw new StoreError(56, `The update path '${path}' contains an empty field name.`);
  if (parts[0]?.startsWith("$")) {
    throw new StoreError(52, `The dollar ($) prefixed field '${parts[0]}' in '${path}' is not allowed in an update.`);
  }
  for (const part of parts) {
    if (part.startsWith("$[")) throw notSupported(`the array path '${part}' in '${path}'`);
  }
  return parts;
}

function checkEach(operator: string, operand: Doc, clauses: string[]): void {
  for (const clause of Object.keys(operand)) {
    if (!clauses.includes(clause)) throw badValue(`Unrecognized clause in ${operator}: ${clause}`);
  }
  if (!Array.isArray(operand.$each)) {
    throw badValue(
      `The argument to $each in ${operator} must be an array but it was of type: ${typeName(operand.$each)}`,
    );
  }
}

function checkPush(operand: Doc): void {
  checkEach("$push", operand, ["$each", "$slice", "$sort", "$position"]);
  for (const clause of ["$slice", "$position"]) {
    const value = operand[clause];
    if (value !== undefined && !(isNumeric(value) && Number.isInteger(toNumber(value)))) {
      throw badValue(`The value for ${clause} must be an integer value but was given type: ${typeName(value)}`);
    }
  }
  const sort = operand.$sort;
  if (isDocument(sort)) parseSort(sort);
  else if (sort !== undefined) parseSort({ value: sort });
}

function checkOperand(operator: UpdateOperator, path: string, operand: unknown): void {
  switch (operator) {
    case "$inc":
    case "$mul":
      if (isNumeric(operand)) return;
      throw new StoreError(14, `Cannot ${operator} with non-numeric argument: {${path}: ${show(operand)}}`);
    case "$rename":
      if (typeof operand !== "string") throw badValue(`The 'to' field for $rename must be a string: ${show(operand)}`);
      if ([path, operand].some((given) => splitPath(given).includes("$"))) {
        throw badValue(`The fields of $rename may not be dynamic: ${path} to ${operand}`);
      }
      return;
    case "$pullAll":
      if (!Array.isArray(operand)) throw badValue("$pullAll requires an array argument");
      return;
    case "$pop":
      if (isNumeric(operand) && Math.abs(toNumber(operand)) === 1) return;
      throw new StoreError(9, `$pop expects 1 or -1, found: ${show(operand)}`);
    case "$currentDate":
      if (operand === true || (isDocument(operand) && operand.$type === "date")) return;
      throw badValue("$currentDate takes true or {$type: 'date'}");
    case "$push":
    case "$addToSet":
      if (!isDocument(operand)) return;
      if (operator === "$push" && Object.keys(operand).some((name) => name.startsWith("$"))) checkPush(operand);
      if (operator === "$addToSet" && "$each" in operand) checkEach(operator, operand, ["$each"]);
  }
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
  const steps: UpdateStep[] = [];
  for (const [operator, fields] of Object.entries(update)) {
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
  const renamed = steps.flatMap(({ operator, operand }) => (operator === "$rename" ? [String(operand)] : []));
  checkConflicts([...steps.map(({ path }) => path), ...renamed]);
  // new fields are added in the order of their names
  return steps.sort((left, right) => (left.path < right.path ? -1 : 1));
}
