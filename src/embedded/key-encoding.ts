import { createHash } from "node:crypto";
import { type Binary, Long, type ObjectId } from "bson";
import { binaryParts, type Doc, EMPTY_ARRAY, type Numeric, TypeOrder, toNumber, typeOrder } from "./bson-values";
import { regexParts } from "./compare";

/** Longer keys are cut and completed with a hash: they keep their place roughly and their identity exactly. */
const MAX_KEY_BYTES = 1500;
const HASH_BYTES = 21;

/** How many leading bytes of an encoded key are certain to be the value's own. */
export const EXACT_KEY_BYTES = MAX_KEY_BYTES - HASH_BYTES;

/** Writes values so that comparing the bytes compares the values. */
class KeyWriter {
  private bytes = Buffer.allocUnsafe(4096);
  length = 0;

  reset(): void {
    this.length = 0;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe((this.length + count) * 2);
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Zero bytes inside become 00 FF, so that the closing 00 00 sorts a prefix before whatever continues it. */
  string(value: string): void {
    const utf8 = Buffer.from(value);
    this.reserve(utf8.length * 2 + 2);
    for (const byte of utf8) {
      this.bytes[this.length++] = byte;
      if (byte === 0) this.bytes[this.length++] = 0xff;
    }
    this.bytes[this.length++] = 0;
    this.bytes[this.length++] = 0;
  }

  private double(value: number): void {
    this.reserve(8);
    const start = this.length;
    this.length += 8;
    if (Number.isNaN(value)) {
      this.bytes.fill(0, start, this.length);
      return;
    }
    this.bytes.writeDoubleBE(value === 0 ? 0 : value, start);
    // negative doubles order backwards by their bits, positive ones need to come after them
    if (((this.bytes[start] ?? 0) & 0x80) !== 0) this.invert(start);
    else this.bytes[start] = (this.bytes[start] ?? 0) ^ 0x80;
  }

  /** The nearest double, then by how much a 64-bit integer differs from it. */
  number(value: Numeric): void {
    const nearest = toNumber(value);
    this.double(nearest);
    const rest = value instanceof Long ? Number(value.toBigInt() - BigInt(nearest)) : 0;
    this.byte(0x80 + Math.sign(rest));
    if (rest === 0) return;
    const shifted = 0x8000 + rest;
    this.byte(shifted >> 8);
    this.byte(shifted & 0xff);
  }

  private bigEndian(high: number, low: number): void {
    this.reserve(8);
    this.bytes.writeUInt32BE(high >>> 0, this.length);
    this.bytes.writeUInt32BE(low >>> 0, this.length + 4);
    this.length += 8;
  }

  private raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  value(value: unknown): void {
    const order = typeOrder(value);
    this.byte(order);
    this.payload(value, order);
  }

  private payload(value: unknown, order: TypeOrder): void {
    switch (order) {
      case TypeOrder.number:
        this.number(value as Numeric);
        return;
      case TypeOrder.string:
        this.string(String(value));
        return;
      case TypeOrder.boolean:
        this.byte(value ? 1 : 0);
        return;
      case TypeOrder.date: {
        const time = BigInt.asUintN(64, BigInt((value as Date).getTime() || 0) + (1n << 63n));
        this.bigEndian(Number(time >> 32n), Number(time & 0xffffffffn));
        return;
      }
      case TypeOrder.objectId:
        this.raw((value as ObjectId).id);
        return;
      case TypeOrder.binary: {
        const { bytes, subType } = binaryParts(value as Binary);
        this.reserve(4);
        this.bytes.writeUInt32BE(bytes.length, this.length);
        this.length += 4;
        this.byte(subType);
        this.raw(bytes);
        return;
      }
      case TypeOrder.regex: {
        const { pattern, options } = regexParts(value);
        this.string(pattern);
        this.string(options);
        return;
      }
      case TypeOrder.array:
        for (const element of value as unknown[]) this.value(element);
        this.byte(0);
        return;
      case TypeOrder.document:
        for (const [name, field] of Object.entries(value as Doc)) {
          const fieldOrder = typeOrder(field);
          this.byte(fieldOrder);
          this.string(name);
          this.payload(field, fieldOrder);
        }
        this.byte(0);
        return;
    }
  }

  invert(start: number): void {
    for (let position = start; position < this.length; position++) {
      this.bytes[position] = (this.bytes[position] ?? 0) ^ 0xff;
    }
  }

  take(): Buffer {
    const key = Buffer.from(this.bytes.subarray(0, this.length));
    if (key.length <= MAX_KEY_BYTES) return key;
    const hash = createHash("sha1").update(key).digest();
    return Buffer.concat([key.subarray(0, EXACT_KEY_BYTES), Buffer.from([0xfe]), hash]);
  }
}

const writer = new KeyWriter();

/** The key of one value in ascending order, as used for `_id`. */
export function encodeValue(value: unknown): Buffer {
  writer.reset();
  writer.value(value);
  return writer.take();
}

/** The key of several values, each ascending (1) or descending (-1). */
export function encodeKey(values: readonly unknown[], directions: readonly (1 | -1)[]): Buffer {
  writer.reset();
  for (const [position, value] of values.entries()) {
    const start = writer.length;
    if (value === EMPTY_ARRAY) writer.byte(TypeOrder.emptyArray);
    else writer.value(value);
    if (directions[position] === -1) writer.invert(start);
  }
  return writer.take();
}

/** The bytes that begin every key of a collection or index. */
export function identPrefix(ident: number): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(0x20000000 + ident);
  return prefix;
}

/** First and last byte between which all values of a type lie. */
export function typeRange(order: TypeOrder, direction: 1 | -1): { start: Buffer; end: Buffer } {
  const first = direction === 1 ? order : order ^ 0xff;
  return { start: Buffer.from([first]), end: Buffer.from([first + 1]) };
}

/** The smallest key after every key that begins with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  let last = prefix.length - 1;
  while (last >= 0 && prefix[last] === 0xff) last--;
  if (last < 0) return Buffer.concat([prefix, Buffer.alloc(8, 0xff)]);
  const next = Buffer.from(prefix.subarray(0, last + 1));
  next[last] = (next[last] ?? 0) + 1;
  return next;
}
