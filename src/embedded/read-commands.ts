import { Long } from "bson";
import { aggregate, countRows } from "./aggregation";
import { type Doc, decode, encode, getField, isArrayIndex, isDocument, isNumeric, toNumber } from "./bson-values";
import {
  arrayArgument,
  type Command,
  countArgument,
  documentArgument,
  flagArgument,
  namespaceArgument,
  stringArgument,
} from "./command";
import { compareValues, parseSort } from "./compare";
import { StoreError } from "./errors";
import { explainCommand } from "./explain";
import { encodeValue } from "./key-encoding";
import { compileFilter } from "./matcher";
import { compileProjection } from "./projection";
import { findWithPauses, type Query, readRows } from "./row-reader";

function deadlineOf(command: Doc): number | undefined {
  const milliseconds = countArgument(command, "maxTimeMS");
  return milliseconds ? Date.now() + milliseconds : undefined;
}

/** The query a `find` or `count` describes, with its filter checked even where there is nothing to find. */
function queryOf(command: Doc, filterName: string): Query {
  const filter = documentArgument(command, filterName) ?? {};
  return {
    filter,
    matches: compileFilter(filter),
    sort: parseSort(documentArgument(command, "sort") ?? {}),
    skip: countArgument(command, "skip"),
    limit: limitOf(command),
    deadline: deadlineOf(command),
  };
}

function limitOf(command: Doc): number | undefined {
  const { limit } = command;
  // a negative limit of `count` is its absolute value
  if (isNumeric(limit) && command.count !== undefined) return Math.abs(toNumber(limit));
  return countArgument(command, "limit");
}

const find: Command = {
  fields: [
    ...["filter", "projection", "sort", "skip", "limit", "batchSize", "singleBatch", "allowDiskUse"],
    ...["noCursorTimeout", "allowPartialResults"],
  ],
  run(command, { catalog, cursors }) {
    const namespace = namespaceArgument(command, "find");
    const query = queryOf(command, "filter");
    const project = compileProjection(documentArgument(command, "projection"));
    const collection = catalog.collections.get(namespace);
    const rows = (function* () {
      if (!collection) return;
      for (const row of findWithPauses(collection, query)) {
        yield project && row ? encode(project(decode(row.raw))) : row?.raw;
      }
    })();
    return cursors.start(namespace, rows, countArgument(command, "batchSize"), flagArgument(command, "singleBatch"));
  },
};

const getMore: Command = {
  fields: ["collection", "batchSize"],
  run(command, { cursors }) {
    const batchSize = countArgument(command, "batchSize") || Number.POSITIVE_INFINITY;
    return cursors.more(String(command.getMore), namespaceArgument(command, "collection"), batchSize);
  },
};

const killCursors: Command = {
  fields: ["cursors"],
  run(command, { cursors }) {
    const ids = arrayArgument(command, "cursors").map(String);
    const cursorsKilled = ids.filter((id) => cursors.kill(id));
    const asLong = (id: string) => Long.fromString(id);
    return {
      cursorsKilled: cursorsKilled.map(asLong),
      cursorsNotFound: ids.filter((id) => !cursorsKilled.includes(id)).map(asLong),
      cursorsAlive: [],
      cursorsUnknown: [],
    };
  },
};

const count: Command = {
  fields: ["query", "limit", "skip"],
  async run(command, { catalog }) {
    const query = queryOf(command, "query");
    const collection = catalog.collections.get(namespaceArgument(command, "count"));
    return { n: collection ? await countRows(collection, query) : 0 };
  },
};

/** All values a path reaches, with arrays taken apart. */
function reachedValues(value: unknown, path: readonly string[]): unknown[] {
  const [name, ...rest] = path;
  if (name === undefined) return Array.isArray(value) ? value : value === undefined ? [] : [value];
  if (Array.isArray(value)) {
    const addressed = isArrayIndex(name) ? reachedValues(value[Number(name)], rest) : [];
    return [...addressed, ...value.filter(isDocument).flatMap((element) => reachedValues(element, path))];
  }
  return isDocument(value) ? reachedValues(getField(value, name), rest) : [];
}

const distinct: Command = {
  fields: ["key", "query"],
  async run(command, { catalog }) {
    const path = stringArgument(command, "key").split(".");
    const query = queryOf(command, "query");
    const collection = catalog.collections.get(namespaceArgument(command, "distinct"));
    const values = new Map<string, unknown>();
    if (collection) {
      for await (const { raw } of readRows(collection, query)) {
        for (const value of reachedValues(decode(raw), path)) values.set(encodeValue(value).toString("latin1"), value);
      }
    }
    return { values: [...values.values()].sort(compareValues) };
  },
};

const aggregateCommand: Command = {
  fields: ["pipeline", "cursor", "explain", "allowDiskUse"],
  run(command, { catalog, cursors }) {
    if (flagArgument(command, "explain")) return explainCommand(command, catalog);
    const namespace = namespaceArgument(command, "aggregate");
    const cursor = documentArgument(command, "cursor");
    if (!cursor) throw new StoreError(9, "The 'cursor' option is required, except for aggregate with explain");
    const pipeline = arrayArgument(command, "pipeline");
    const rows = aggregate(catalog.collections.get(namespace), pipeline, deadlineOf(command));
    return cursors.start(namespace, rows, countArgument(cursor, "batchSize"));
  },
};

const explain: Command = {
  fields: ["verbosity"],
  run(command, { catalog }) {
    const explained = documentArgument(command, "explain") ?? {};
    return explainCommand({ ...explained, $db: command.$db }, catalog);
  },
};

/** Commands that read documents. */
export const readCommands: Record<string, Command> = {
  find,
  getMore,
  killCursors,
  count,
  distinct,
  aggregate: aggregateCommand,
  explain,
};
