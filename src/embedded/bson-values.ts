import { Binary, Double, deserialize, Int32, Long, serialize } from "bson";
import { badValue, notSupported, StoreError } from "./errors";

export type Doc = Record<string, unknown>;
export type Numeric = number | Int32 | Double | Long;

/** The largest document the store keeps, as in MongoDB. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/**
 * Where each BSON type stands in MongoDB's sort order. The numbers are also the first byte of an encoded key, so the
 * gaps leave room for an upper bound after each type.
 */
export const TypeOrder = {
  emptyArray: 0x0f,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  document: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  regex: 0xb0,
} as const;
export type TypeOrder = (typeof TypeOrder)[keyof typeof TypeOrder];

/** The BSON classes the store keeps. Values of the others are refused. */
const ORDER_BY_CLASS: Record<string, TypeOrder> = {
  Int32: TypeOrder.number,
  Double: TypeOrder.number,
  Long: TypeOrder.number,
  Binary: TypeOrder.binary,
  ObjectId: TypeOrder.objectId,
  BSONRegExp: TypeOrder.regex,
};

/** The place of a value's type in the sort order. A missing value counts as null. */
export function typeOrder(value: unknown): TypeOrder {
  switch (typeof value) {
    case "string":
      return TypeOrder.string;
    case "number":
      return TypeOrder.number;
    case "boolean":
      return TypeOrder.boolean;
    case "undefined":
      return TypeOrder.null;
    case "symbol":
      return TypeOrder.emptyArray;
    case "object":
      break;
    default:
      throw badValue(`a value of type ${typeof value} has no place in BSON`);
  }
  if (value === null) return TypeOrder.null;
  if (Array.isArray(value)) return TypeOrder.array;
  if (value instanceof Date) return TypeOrder.date;
  const bsonClass = (value as { _bsontype?: unknown })._bsontype;
  if (typeof bsonClass === "string") {
    const order = ORDER_BY_CLASS[bsonClass];
    if (!order) throw notSupported(`a value of type ${bsonClass}`);
    return order;
  }
  if (value instanceof RegExp) return TypeOrder.regex;
  if (value instanceof Uint8Array) return TypeOrder.binary;
  return TypeOrder.document;
}

/** Stands for an empty array in an index or a sort, which has no element to be entered under. */
export const EMPTY_ARRAY = Symbol("empty array");

/** Refuses values of the types that are left out, however deep they are. */
export function checkTypes(value: unknown): void {
  if (Array.isArray(value)) for (const element of value) checkTypes(element);
  else if (isDocument(value)) for (const field of Object.values(value)) checkTypes(field);
}

/** True for embedded documents: neither arrays nor dates, ids or other BSON values. */
export function isDocument(value: unknown): value is Doc {
  return typeof value === "object" && value !== null && typeOrder(value) === TypeOrder.document;
}

export function isNumeric(value: unknown): value is Numeric {
  return typeof value === "number" || (typeof value === "object" && typeOrder(value) === TypeOrder.number);
}

/** The nearest double of any BSON number. */
export function toNumber(value: Numeric): number {
  if (typeof value === "number") return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return value.toNumber();
}

/** Reads an own field, so that `constructor` and its like are missing unless stored. */
export function getField(document: Doc, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** Writes an own field, so that `__proto__` stays a name like any other. */
export function setField(document: Doc, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    document[name] = value;
  }
}

/** True for a path component that can address an array element. */
export const isArrayIndex = (name: string) => /^(0|[1-9]\d{0,8})$/.test(name);

/** Decodes with every number kept in its BSON type, so that writing the document back changes nothing. */
export function decode(bytes: Uint8Array): Doc {
  try {
    return deserialize(bytes, { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true });
  } catch (cause) {
    throw new StoreError(22, `the BSON cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Encodes a document, refusing one that is larger than MongoDB allows. */
export function encode(document: Doc, ignoreUndefined = false): Buffer {
  let bytes: Uint8Array;
  try {
    bytes = serialize(document, { ignoreUndefined });
  } catch (cause) {
    if (cause instanceof RangeError) throw documentTooLarge();
    throw new StoreError(22, cause instanceof Error ? cause.message : String(cause));
  }
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // the serializer's own buffer ends a little above the limit and is cut off there without a word
  if (buffer.readInt32LE(0) !== buffer.length) throw documentTooLarge();
  return buffer;
}

/** The error for a document beyond `MAX_DOCUMENT_BYTES`. */
export const documentTooLarge = () =>
  new StoreError(10334, `BSONObj size is invalid: it must be between 0 and ${MAX_DOCUMENT_BYTES} (16 MB)`);

/** A copy that shares no array or embedded document with the original. */
export function cloneValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cloneValue);
  if (!isDocument(value)) return value;
  const copy: Doc = {};
  for (const [name, field] of Object.entries(value)) setField(copy, name, cloneValue(field));
  return copy;
}

/** The bytes and subtype of a binary value, whichever class holds it. */
export function binaryParts(value: Binary | Uint8Array): { bytes: Buffer; subType: number } {
  const view = value instanceof Binary ? value.buffer.subarray(0, value.position) : value;
  return {
    bytes: Buffer.from(view.buffer, view.byteOffset, view.byteLength),
    subType: value instanceof Binary ? value.sub_type : 0,
  };
}

const TYPE_CODES: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  int: 16,
  long: 18,
};

const NAME_BY_ORDER: Record<TypeOrder, string> = {
  [TypeOrder.emptyArray]: "array",
  [TypeOrder.null]: "null",
  [TypeOrder.number]: "double",
  [TypeOrder.string]: "string",
  [TypeOrder.document]: "object",
  [TypeOrder.array]: "array",
  [TypeOrder.binary]: "binData",
  [TypeOrder.objectId]: "objectId",
  [TypeOrder.boolean]: "bool",
  [TypeOrder.date]: "date",
  [TypeOrder.regex]: "regex",
};

/** MongoDB's name for the type of a value. */
export function typeName(value: unknown): string {
  if (value === undefined) return "missing";
  if (value instanceof Long) return "long";
  if (value instanceof Int32) return "int";
  if (typeof value === "number") return isInt32(value) ? "int" : "double";
  return NAME_BY_ORDER[typeOrder(value)];
}

/** True for a JavaScript number that is stored as a 32-bit integer. */
export const isInt32 = (value: number) => (value | 0) === value && !Object.is(value, -0);

/** The type names that an operand of `$type` stands for. */
export function typeNamesOf(operand: unknown): string[] {
  if (operand === "number") return ["int", "long", "double"];
  if (typeof operand === "string") {
    if (!Object.hasOwn(TYPE_CODES, operand)) throw badValue(`Unknown type name alias: ${operand}`);
    return [operand];
  }
  if (!isNumeric(operand)) throw new StoreError(14, "type must be represented as a number or a string");
  const found = Object.entries(TYPE_CODES).find(([, code]) => code === toNumber(operand));
  if (!found) throw badValue(`Invalid numerical type code: ${toNumber(operand)}`);
  return [found[0]];
}

/** A value as the shell would print it, for error messages. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null || isNumeric(value) || typeof value === "boolean") return String(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[ ${value.map(show).join(", ")} ]`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (isDocument(value)) {
    const fields = Object.entries(value).map(([name, field]) => `${name}: ${show(field)}`);
    return `{ ${fields.join(", ")} }`;
  }
  return typeOrder(value) === TypeOrder.objectId ? `ObjectId('${String(value)}')` : String(value);
}
