import { randomUUID } from "node:crypto";
import { decode, encode, isDocument, isNumeric, toNumber } from "./bson-values";
import { Collection, type Registry } from "./collection";
import { StoreError } from "./errors";
import { buildIndex, type Index } from "./index-definition";
import { afterPrefix, identPrefix } from "./key-encoding";
import type { Storage } from "./storage";

// LMDB sorts small first bytes specially; all of ours are above 5
const COLLECTION_PREFIX = Buffer.from([0x10, 0x63]);
const RETIRED_PREFIX = Buffer.from([0x10, 0x67]);
const PURGE_BATCH = 2000;

const collectionKey = (namespace: string) => Buffer.concat([COLLECTION_PREFIX, Buffer.from(namespace)]);

function retiredKey(ident: number): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(ident);
  return Buffer.concat([RETIRED_PREFIX, number]);
}

const readIdent = (value: unknown) => (isNumeric(value) ? toNumber(value) : 0);

/** Which collections and indexes there are, in memory and in the store. */
export class Catalog implements Registry {
  readonly collections = new Map<string, Collection>();
  private nextIdent = 1;
  private retired: number[] = [];
  private purging: Promise<void> | undefined;

  constructor(readonly storage: Storage) {
    for (const { value } of storage.range(COLLECTION_PREFIX, afterPrefix(COLLECTION_PREFIX))) this.load(value);
    for (const { key } of storage.range(RETIRED_PREFIX, afterPrefix(RETIRED_PREFIX))) {
      this.retired.push(key.readUInt32BE(RETIRED_PREFIX.length));
    }
    this.nextIdent = Math.max(this.nextIdent, ...this.retired.map((ident) => ident + 1));
    this.startPurge();
  }

  private load(stored: Buffer): void {
    const record = decode(stored);
    const namespace = String(record.namespace);
    const collection = new Collection(this, namespace, readIdent(record.ident), String(record.uuid));
    for (const index of Array.isArray(record.indexes) ? record.indexes : []) {
      if (!isDocument(index.spec)) continue;
      collection.indexes.push(buildIndex(index.spec, readIdent(index.ident), index.multikey));
    }
    this.collections.set(namespace, collection);
    const idents = [collection, ...collection.indexes].map(({ ident }) => ident + 1);
    this.nextIdent = Math.max(this.nextIdent, ...idents);
  }

  takeIdent(): number {
    return this.nextIdent++;
  }

  /** Stores what is known about a collection. Inside a write only. */
  save(collection: Collection): void {
    const { namespace, ident, uuid } = collection;
    const indexes = collection.indexes.map(({ spec, ident, multikey }) => ({ spec, ident, multikey }));
    this.storage.put(collectionKey(namespace), encode({ namespace, ident, uuid, indexes }));
  }

  /** The collection of that name, made if there is none. Inside a write only. */
  ensure(namespace: string): Collection {
    const known = this.collections.get(namespace);
    if (known) return known;
    const dot = namespace.indexOf(".");
    const name = namespace.slice(dot + 1);
    if (dot < 1 || name.includes("$") || name.startsWith(".") || name.endsWith(".") || namespace.length > 255) {
      throw new StoreError(73, `Invalid namespace specified '${namespace}'`);
    }
    const collection = new Collection(this, namespace, this.takeIdent(), randomUUID());
    this.collections.set(namespace, collection);
    this.save(collection);
    return collection;
  }

  /** Forgets a collection at once; its bytes are removed in the background. Inside a write only. */
  drop(collection: Collection): void {
    this.collections.delete(collection.namespace);
    collection.dropped = true;
    this.storage.remove(collectionKey(collection.namespace));
    for (const { ident } of [collection, ...collection.indexes]) this.retire(ident);
  }

  /** Forgets one index. Inside a write only. */
  dropIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.save(collection);
    this.retire(index.ident);
  }

  private retire(ident: number): void {
    this.storage.put(retiredKey(ident), Buffer.from([1]));
    this.retired.push(ident);
    setImmediate(() => this.startPurge());
  }

  private startPurge(): void {
    this.purging ??= this.purge().finally(() => {
      this.purging = undefined;
    });
  }

  /** Removes what was dropped, in small transactions. What a shutdown interrupts is taken up at the next start. */
  private async purge(): Promise<void> {
    for (let ident = this.retired[0]; ident !== undefined; ident = this.retired[0]) {
      const prefix = identPrefix(ident);
      const done = await this.storage.write(() => this.purgeSome(prefix, retiredKey(ident))).catch(() => undefined);
      if (done === undefined) return;
      if (done) this.retired.shift();
    }
  }

  private purgeSome(prefix: Buffer, marker: Buffer): boolean {
    let removed = 0;
    for (const { key } of this.storage.range(prefix, afterPrefix(prefix))) {
      this.storage.remove(key);
      if (++removed >= PURGE_BATCH) return false;
    }
    this.storage.remove(marker);
    return true;
  }
}
