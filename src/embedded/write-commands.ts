import { type Doc, decode, encode, isNumeric, toNumber } from "./bson-values";
import type { Catalog } from "./catalog";
import type { Row } from "./collection";
import {
  type Command,
  checkFields,
  documentArgument,
  documentsArgument,
  flagArgument,
  namespaceArgument,
} from "./command";
import { parseSort } from "./compare";
import { notSupported, StoreError } from "./errors";
import { compileFilter } from "./matcher";
import { compileProjection } from "./projection";
import { findRows } from "./row-reader";
import { MAX_WRITE_BATCH } from "./server-commands";
import { compileChange } from "./update-statement";

interface WriteError {
  index: number;
  code: number;
  errmsg: string;
}

/** Runs each statement; an ordered batch ends at the first that fails. */
function runBatch<T>(statements: T[], ordered: boolean, run: (statement: T, index: number) => void): WriteError[] {
  const errors: WriteError[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (cause) {
      if (!(cause instanceof StoreError)) throw cause;
      errors.push({ index, code: cause.code, errmsg: cause.message, ...cause.details });
      if (ordered) break;
    }
  }
  return errors;
}

function checkBatch(size: number): void {
  if (size < 1 || size > MAX_WRITE_BATCH) {
    throw new StoreError(16, `Write batch sizes must be between 1 and ${MAX_WRITE_BATCH}. Got ${size} operations.`);
  }
}

const withErrors = (reply: Doc, writeErrors: WriteError[]) =>
  writeErrors.length > 0 ? { ...reply, writeErrors } : reply;

const insert: Command = {
  fields: ["documents", "ordered", "bypassDocumentValidation"],
  run(command, { catalog }, documents) {
    const namespace = namespaceArgument(command, "insert");
    const given = documents ?? documentsArgument(command, "documents").map((document) => encode(document));
    const ordered = flagArgument(command, "ordered", true);
    checkBatch(given.length);
    return catalog.storage.write(() => {
      const collection = catalog.ensure(namespace);
      let n = 0;
      const errors = runBatch(given, ordered, (document) => {
        collection.insert(document);
        n++;
      });
      return withErrors({ n }, errors);
    });
  },
};

const UPDATE_FIELDS = new Set(["q", "u", "multi", "upsert", "arrayFilters"]);

interface UpdateResult {
  matched: number;
  modified: number;
  upserted?: unknown;
}

/** Runs one update statement. Inside a write only. */
function runUpdate(catalog: Catalog, namespace: string, statement: Doc): UpdateResult {
  checkFields("update.updates", statement, UPDATE_FIELDS);
  refuseArrayFilters(statement);
  const filter = documentArgument(statement, "q") ?? {};
  const multi = flagArgument(statement, "multi");
  const change = compileChange(statement.u, filter);
  const matches = compileFilter(filter);
  const collection = catalog.collections.get(namespace);
  // the rows are settled before the first of them changes, and a changed row cannot be met again
  const query = { filter, matches, limit: multi ? 0 : 1 };
  const ids = collection ? Array.from(findRows(collection, query), ({ id }) => id) : [];
  let modified = 0;
  for (const id of ids) {
    const raw = collection?.read(id);
    if (collection && raw && collection.replace({ id, raw }, change.applyTo({ id, raw }))) modified++;
  }
  if (ids.length > 0 || !flagArgument(statement, "upsert")) return { matched: ids.length, modified };
  const document = change.newDocument();
  return { matched: 1, modified: 0, upserted: catalog.ensure(namespace).insert(encode(document)) };
}

function refuseArrayFilters(statement: Doc): void {
  const { arrayFilters } = statement;
  if (arrayFilters !== undefined && !(Array.isArray(arrayFilters) && arrayFilters.length === 0)) {
    throw notSupported("arrayFilters");
  }
}

const update: Command = {
  fields: ["updates", "ordered", "bypassDocumentValidation"],
  run(command, { catalog }) {
    const namespace = namespaceArgument(command, "update");
    const statements = documentsArgument(command, "updates");
    const ordered = flagArgument(command, "ordered", true);
    checkBatch(statements.length);
    return catalog.storage.write(() => {
      const upserted: Doc[] = [];
      let n = 0;
      let nModified = 0;
      const errors = runBatch(statements, ordered, (statement, index) => {
        const result = runUpdate(catalog, namespace, statement);
        n += result.matched;
        nModified += result.modified;
        if (result.upserted !== undefined) upserted.push({ index, _id: result.upserted });
      });
      return withErrors({ n, nModified, ...(upserted.length > 0 ? { upserted } : {}) }, errors);
    });
  },
};

const DELETE_FIELDS = new Set(["q", "limit"]);

/** Runs one delete statement. Inside a write only. */
function runDelete(catalog: Catalog, namespace: string, statement: Doc): number {
  checkFields("delete.deletes", statement, DELETE_FIELDS);
  const filter = documentArgument(statement, "q") ?? {};
  const { limit } = statement;
  if (!isNumeric(limit) || ![0, 1].includes(toNumber(limit))) {
    throw new StoreError(9, "The limit field in delete objects must be 0 or 1");
  }
  const matches = compileFilter(filter);
  const collection = catalog.collections.get(namespace);
  if (!collection) return 0;
  const ids = Array.from(findRows(collection, { filter, matches, limit: toNumber(limit) }), ({ id }) => id);
  for (const id of ids) {
    const raw = collection.read(id);
    if (raw) collection.remove({ id, raw });
  }
  return ids.length;
}

const deleteCommand: Command = {
  fields: ["deletes", "ordered"],
  run(command, { catalog }) {
    const namespace = namespaceArgument(command, "delete");
    const statements = documentsArgument(command, "deletes");
    const ordered = flagArgument(command, "ordered", true);
    checkBatch(statements.length);
    return catalog.storage.write(() => {
      let n = 0;
      const errors = runBatch(statements, ordered, (statement) => {
        n += runDelete(catalog, namespace, statement);
      });
      return withErrors({ n }, errors);
    });
  },
};

const findAndModify: Command = {
  fields: [
    ...["query", "update", "remove", "new", "upsert", "sort", "fields", "arrayFilters"],
    "bypassDocumentValidation",
  ],
  run(command, { catalog }) {
    const namespace = namespaceArgument(command, Object.keys(command)[0] ?? "");
    const filter = documentArgument(command, "query") ?? {};
    const sort = parseSort(documentArgument(command, "sort") ?? {});
    const removes = flagArgument(command, "remove");
    const returnsNew = flagArgument(command, "new");
    const upserts = flagArgument(command, "upsert");
    refuseArrayFilters(command);
    if (removes && (command.update !== undefined || returnsNew || upserts)) {
      throw new StoreError(9, "Cannot specify an update, 'new' or 'upsert' together with remove=true");
    }
    if (!removes && command.update === undefined) {
      throw new StoreError(9, "Either an update or remove=true must be specified");
    }
    const project = compileProjection(documentArgument(command, "fields"));
    const shown = (raw: Buffer) => (project ? project(decode(raw)) : decode(raw));
    const change = removes ? undefined : compileChange(command.update, filter);
    compileFilter(filter);
    return catalog.storage.write(() => {
      const collection = catalog.collections.get(namespace);
      const query = { filter, sort, limit: 1 };
      const [row]: Row[] = collection ? [...findRows(collection, query)] : [];
      if (!change) {
        if (row) collection?.remove(row);
        return { lastErrorObject: { n: row ? 1 : 0 }, value: row ? shown(row.raw) : null };
      }
      if (row && collection) {
        const changed = collection.replace(row, change.applyTo(row));
        const value = shown(returnsNew && changed ? changed.raw : row.raw);
        return { lastErrorObject: { n: 1, updatedExisting: true }, value };
      }
      if (!upserts) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
      const raw = encode(change.newDocument());
      const upserted = catalog.ensure(namespace).insert(raw);
      return {
        lastErrorObject: { n: 1, updatedExisting: false, upserted },
        value: returnsNew ? shown(raw) : null,
      };
    });
  },
};

/** Commands that change documents. */
export const writeCommands: Record<string, Command> = {
  insert,
  update,
  delete: deleteCommand,
  findAndModify,
  findandmodify: findAndModify,
};
