import { type Doc, isDocument, isNumeric, toNumber, typeName } from "./bson-values";
import type { Catalog } from "./catalog";
import type { Cursors } from "./cursors";
import { notSupported, StoreError } from "./errors";

/** What a command may use. */
export interface CommandContext {
  catalog: Catalog;
  cursors: Cursors;
  /** Tells this store from any other that may answer at the same address. */
  storeId: string;
  connectionId: number;
}

/** A reply as a document, or already encoded. */
type Reply = Doc | Buffer;

/** One command: the fields it knows and what it does. */
export interface Command {
  fields: readonly string[];
  run(command: Doc, context: CommandContext, documents?: Buffer[]): Reply | Promise<Reply>;
}

const wrongType = (name: string, value: unknown, expected: string) =>
  new StoreError(14, `BSON field '${name}' is the wrong type '${typeName(value)}', expected type '${expected}'`);

const isAbsent = (value: unknown) => value === undefined || value === null;

/** A field that must be a document if it is there. */
export function documentArgument(command: Doc, name: string): Doc | undefined {
  const value = command[name];
  if (isAbsent(value)) return undefined;
  if (!isDocument(value)) throw wrongType(name, value, "object");
  return value;
}

export function arrayArgument(command: Doc, name: string): unknown[] {
  const value = command[name];
  if (!Array.isArray(value)) throw wrongType(name, value, "array");
  return value;
}

/** A field that must be an array of documents. */
export function documentsArgument(command: Doc, name: string): Doc[] {
  return arrayArgument(command, name).map((value) => {
    if (!isDocument(value)) throw wrongType(`${name}.0`, value, "object");
    return value;
  });
}

export function stringArgument(command: Doc, name: string): string {
  const value = command[name];
  if (typeof value !== "string") throw wrongType(name, value, "string");
  return value;
}

/** A whole number that is not negative. */
export function countArgument(command: Doc, name: string): number | undefined {
  const value = command[name];
  if (isAbsent(value)) return undefined;
  if (!isNumeric(value)) throw wrongType(name, value, "long");
  const number = toNumber(value);
  if (!(number >= 0)) throw new StoreError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return Math.trunc(number);
}

export function flagArgument(command: Doc, name: string, fallback = false): boolean {
  const value = command[name];
  if (isAbsent(value)) return fallback;
  if (isNumeric(value)) return toNumber(value) !== 0;
  if (typeof value !== "boolean") throw wrongType(name, value, "bool");
  return value;
}

/** The collection a command names, with its database. */
export function namespaceArgument(command: Doc, name: string): string {
  const collection = command[name];
  if (typeof collection !== "string" || !collection || collection.includes("\0")) {
    throw new StoreError(73, `Invalid namespace specified '${command.$db}.${String(collection)}'`);
  }
  return `${command.$db}.${collection}`;
}

/** Refuses the fields a command or statement does not know, so that nothing asked for is quietly left out. */
export function checkFields(what: string, given: Doc, allowed: ReadonlySet<string>): void {
  for (const name of Object.keys(given)) {
    if (allowed.has(name)) continue;
    if (name === "collation") {
      const collation = given.collation;
      if (isDocument(collation) && (collation.locale === "simple" || Object.keys(collation).length === 0)) continue;
      throw notSupported("collation");
    }
    throw new StoreError(40415, `BSON field '${what}.${name}' is an unknown field.`);
  }
}
