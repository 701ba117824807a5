import { Long } from "bson";
import { type Doc, encode, isDocument, show } from "./bson-values";
import type { Catalog } from "./catalog";
import type { Collection } from "./collection";
import {
  arrayArgument,
  type Command,
  type CommandContext,
  countArgument,
  documentArgument,
  flagArgument,
  namespaceArgument,
} from "./command";
import { equalValues } from "./compare";
import { StoreError } from "./errors";
import type { Index } from "./index-definition";
import { compileFilter } from "./matcher";

const ID_INDEX = { v: 2, key: { _id: 1 }, name: "_id_" };

function list(context: CommandContext, namespace: string, entries: Doc[], command: Doc): Promise<Buffer> {
  const batchSize = countArgument(documentArgument(command, "cursor") ?? {}, "batchSize");
  return context.cursors.start(namespace, entries.map((entry) => encode(entry)).values(), batchSize);
}

function mustExist(catalog: Catalog, namespace: string): Collection {
  const collection = catalog.collections.get(namespace);
  if (!collection) throw new StoreError(26, `ns does not exist: ${namespace}`);
  return collection;
}

const listDatabases: Command = {
  fields: ["filter", "nameOnly", "authorizedDatabases"],
  run(command, { catalog }) {
    const sizes = new Map<string, number>();
    for (const { namespace, size } of [...catalog.collections.values()].map(sizeOf)) {
      const database = namespace.slice(0, namespace.indexOf("."));
      sizes.set(database, (sizes.get(database) ?? 0) + size);
    }
    const matches = compileFilter(documentArgument(command, "filter") ?? {});
    const databases = [...sizes]
      .map(([name, size]) => ({ name, sizeOnDisk: Long.fromNumber(size), empty: false }))
      .filter(matches);
    if (flagArgument(command, "nameOnly")) return { databases: databases.map(({ name }) => ({ name })) };
    return { databases, totalSize: databases.reduce((sum, { sizeOnDisk }) => sum.add(sizeOnDisk), Long.ZERO) };
  },
};

const sizeOf = (collection: Collection) => ({ namespace: collection.namespace, size: collection.size() });

const listCollections: Command = {
  fields: ["filter", "nameOnly", "authorizedCollections", "cursor"],
  run(command, context) {
    const prefix = `${command.$db}.`;
    const matches = compileFilter(documentArgument(command, "filter") ?? {});
    const nameOnly = flagArgument(command, "nameOnly");
    const entries = [...context.catalog.collections.keys()]
      .filter((namespace) => namespace.startsWith(prefix))
      .sort()
      .map((namespace) => ({ name: namespace.slice(prefix.length), type: "collection" }))
      .filter(matches)
      .map((entry) => (nameOnly ? entry : { ...entry, options: {}, info: { readOnly: false }, idIndex: ID_INDEX }));
    return list(context, `${prefix}$cmd.listCollections`, entries, command);
  },
};

const create: Command = {
  fields: [],
  run(command, { catalog }) {
    const namespace = namespaceArgument(command, "create");
    return catalog.storage.write(() => {
      catalog.ensure(namespace);
      return {};
    });
  },
};

const drop: Command = {
  fields: [],
  run(command, { catalog }) {
    const ns = namespaceArgument(command, "drop");
    return catalog.storage.write(() => {
      const collection = catalog.collections.get(ns);
      if (!collection) return {};
      catalog.drop(collection);
      return { nIndexesWas: collection.indexes.length + 1, ns };
    });
  },
};

const dropDatabase: Command = {
  fields: [],
  run: ({ $db: database }, { catalog }) =>
    catalog.storage.write(() => {
      for (const [namespace, collection] of [...catalog.collections]) {
        if (namespace.startsWith(`${database}.`)) catalog.drop(collection);
      }
      return { dropped: database };
    }),
};

const createIndexes: Command = {
  fields: ["indexes", "commitQuorum"],
  run(command, { catalog }) {
    const namespace = namespaceArgument(command, "createIndexes");
    const specs = arrayArgument(command, "indexes");
    if (specs.length === 0) throw new StoreError(2, "Must specify at least one index to create");
    return catalog.storage.write(() => {
      const isNew = !catalog.collections.has(namespace);
      const collection = catalog.ensure(namespace);
      const numIndexesBefore = collection.indexes.length + 1;
      collection.createIndexes(specs);
      const numIndexesAfter = collection.indexes.length + 1;
      const note = numIndexesBefore === numIndexesAfter ? { note: "all indexes already exist" } : {};
      return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: isNew, ...note };
    });
  },
};

const listIndexes: Command = {
  fields: ["cursor"],
  run(command, context) {
    const namespace = namespaceArgument(command, "listIndexes");
    const collection = mustExist(context.catalog, namespace);
    return list(context, namespace, [ID_INDEX, ...collection.indexes.map(({ spec }) => spec)], command);
  },
};

function indexesToDrop(collection: Collection, wanted: unknown): Index[] {
  if (wanted === "*") return collection.indexes;
  if (wanted === "_id_") throw new StoreError(72, "cannot drop _id index");
  return (Array.isArray(wanted) ? wanted : [wanted]).map((name) => {
    const found = collection.indexes.find((index) =>
      isDocument(name) ? equalValues(index.spec.key, name) : index.name === name,
    );
    if (!found) throw new StoreError(27, `index not found with name [${isDocument(name) ? show(name) : name}]`);
    return found;
  });
}

const dropIndexes: Command = {
  fields: ["index"],
  run(command, { catalog }) {
    const namespace = namespaceArgument(command, "dropIndexes");
    return catalog.storage.write(() => {
      const collection = mustExist(catalog, namespace);
      const nIndexesWas = collection.indexes.length + 1;
      for (const index of indexesToDrop(collection, command.index)) catalog.dropIndex(collection, index);
      return { nIndexesWas };
    });
  },
};

/** Commands about databases, collections and indexes. */
export const catalogCommands: Record<string, Command> = {
  listDatabases,
  listCollections,
  create,
  drop,
  dropDatabase,
  createIndexes,
  listIndexes,
  dropIndexes,
};
