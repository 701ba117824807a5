import { createHash } from "node:crypto";
import { ObjectId } from "bson";
import {
  checkTypes,
  type Doc,
  decode,
  documentTooLarge,
  encode,
  MAX_DOCUMENT_BYTES,
  show,
  TypeOrder,
  typeName,
  typeOrder,
} from "./bson-values";
import { StoreError } from "./errors";
import { buildIndex, cleanIndexSpec, type Index, indexKeys, isKnownIndex, keyValueOf } from "./index-definition";
import { afterPrefix, encodeValue, identPrefix } from "./key-encoding";
import type { Storage } from "./storage";

const MAX_ID_IN_ENTRY = 400;
const REFUSED_ID_TYPES: TypeOrder[] = [TypeOrder.array, TypeOrder.regex];

/** A stored document: its encoded `_id` and its bytes. */
export interface Row {
  id: Buffer;
  raw: Buffer;
}

/** What a collection needs of whoever keeps the list of collections. */
export interface Registry {
  readonly storage: Storage;
  takeIdent(): number;
  save(collection: Collection): void;
}

/** The error for a second document under a unique key. */
function duplicateKey(namespace: string, name: string, keyPattern: Doc, keyValue: Doc): StoreError {
  return new StoreError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${name} dup key: ${show(keyValue)}`,
    { keyPattern, keyValue },
  );
}

/** Where an index keeps one key of one document. A long `_id` is hashed here: the entry's value has it in full. */
function entryKey(index: Index, key: Buffer, id: Buffer): Buffer {
  const suffix = id.length > MAX_ID_IN_ENTRY ? createHash("sha1").update(id).digest() : id;
  return Buffer.concat([identPrefix(index.ident), key, suffix]);
}

/** The documents of one collection and the indexes over them. Every change here happens inside `storage.write`. */
export class Collection {
  indexes: Index[] = [];
  dropped = false;
  readonly start: Buffer;
  readonly end: Buffer;
  private count: number | undefined;

  constructor(
    private readonly registry: Registry,
    readonly namespace: string,
    readonly ident: number,
    readonly uuid: string,
  ) {
    this.start = identPrefix(ident);
    this.end = afterPrefix(this.start);
  }

  get storage() {
    return this.registry.storage;
  }

  /** How many documents there are. */
  size(): number {
    this.count ??= this.storage.countKeys(this.start, this.end);
    return this.count;
  }

  recordKey(id: Buffer): Buffer {
    return Buffer.concat([this.start, id]);
  }

  read(id: Buffer): Buffer | undefined {
    return this.storage.get(this.recordKey(id));
  }

  /** Adds a document, giving it an `_id` if it has none. Returns the `_id`. */
  insert(given: Buffer): unknown {
    let raw = given;
    let document = decode(raw);
    if (document._id === undefined || Object.keys(document)[0] !== "_id") {
      const { _id = new ObjectId(), ...rest } = document;
      document = { _id, ...rest };
      raw = encode(document);
    }
    checkTypes(document);
    this.checkId(document._id);
    this.checkSize(raw);
    const id = encodeValue(document._id);
    const record = this.recordKey(id);
    if (this.storage.has(record)) {
      throw duplicateKey(this.namespace, "_id_", { _id: 1 }, { _id: document._id });
    }
    const entries: Buffer[] = [];
    for (const index of this.indexes) {
      for (const key of this.keysOf(index, document).values()) {
        if (index.unique) this.checkUnique(index, key, document);
        entries.push(entryKey(index, key, id));
      }
    }
    const before = this.size();
    this.storage.put(record, raw);
    for (const entry of entries) this.storage.put(entry, id);
    this.count = before + 1;
    return document._id;
  }

  /** Replaces a document whose `_id` stays the same. Returns false when nothing changed. */
  replace(row: Row, document: Doc): Row | undefined {
    checkTypes(document);
    const raw = encode(document);
    if (raw.equals(row.raw)) return undefined;
    this.checkSize(raw);
    const old = decode(row.raw);
    const added: Buffer[] = [];
    const removed: Buffer[] = [];
    for (const index of this.indexes) {
      const before = this.keysOf(index, old);
      const after = this.keysOf(index, document);
      for (const [name, key] of after) {
        if (before.has(name)) continue;
        if (index.unique) this.checkUnique(index, key, document);
        added.push(entryKey(index, key, row.id));
      }
      for (const [name, key] of before) if (!after.has(name)) removed.push(entryKey(index, key, row.id));
    }
    this.storage.put(this.recordKey(row.id), raw);
    for (const entry of removed) this.storage.remove(entry);
    for (const entry of added) this.storage.put(entry, row.id);
    return { id: row.id, raw };
  }

  remove(row: Row): void {
    const before = this.size();
    const document = decode(row.raw);
    for (const index of this.indexes) {
      for (const key of this.keysOf(index, document).values()) this.storage.remove(entryKey(index, key, row.id));
    }
    this.storage.remove(this.recordKey(row.id));
    this.count = before - 1;
  }

  private keysOf(index: Index, document: Doc): Map<string, Buffer> {
    const { keys, multikey } = indexKeys(index, document);
    if (multikey.some((is, position) => is && !index.multikey[position])) {
      index.multikey = index.multikey.map((was, position) => was || multikey[position] === true);
      if (this.indexes.includes(index)) this.registry.save(this);
    }
    return keys;
  }

  private checkUnique(index: Index, key: Buffer, document: Doc): void {
    const prefix = Buffer.concat([identPrefix(index.ident), key]);
    if (this.storage.first(prefix, afterPrefix(prefix))) this.throwDuplicate(index, key, document);
  }

  private throwDuplicate(index: Index, key: Buffer, document: Doc): never {
    throw duplicateKey(this.namespace, index.name, index.spec.key as Doc, keyValueOf(index, document, key));
  }

  private checkId(id: unknown): void {
    if (REFUSED_ID_TYPES.includes(typeOrder(id))) {
      throw new StoreError(53, `The '_id' value cannot be of type ${typeName(id)}`);
    }
  }

  private checkSize(raw: Buffer): void {
    if (raw.length > MAX_DOCUMENT_BYTES) throw documentTooLarge();
  }

  /** Builds the indexes that are not there yet: all of them, or none when one cannot be built. */
  createIndexes(specs: unknown[]): void {
    const added: Index[] = [];
    const entries: { key: Buffer; id: Buffer }[] = [];
    for (const given of specs) {
      const spec = cleanIndexSpec(given);
      const fields = Object.keys(spec.key as Doc);
      if (fields.length === 1 && fields[0] === "_id") continue;
      if (isKnownIndex([...this.indexes, ...added], spec)) continue;
      added.push(buildIndex(spec, this.registry.takeIdent()));
    }
    if (added.length === 0) return;
    const seen = new Map(added.map((index) => [index, new Set<string>()]));
    for (const { key: record, value } of this.storage.range(this.start, this.end)) {
      const id = record.subarray(this.start.length);
      const document = decode(value);
      for (const index of added) {
        for (const [name, key] of this.keysOf(index, document)) {
          const taken = seen.get(index);
          if (index.unique && taken?.has(name)) this.throwDuplicate(index, key, document);
          if (index.unique) taken?.add(name);
          entries.push({ key: entryKey(index, key, id), id });
        }
      }
    }
    for (const { key, id } of entries) this.storage.put(key, id);
    this.indexes.push(...added);
    this.registry.save(this);
  }
}
