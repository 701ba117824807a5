import { type Doc, decode } from "./bson-values";
import type { Collection, Row } from "./collection";
import { type SortField, sortOrder } from "./compare";
import { StoreError } from "./errors";
import type { Plan } from "./index-candidates";
import { compileFilter, type Predicate } from "./matcher";
import { planQuery } from "./planner";

export interface Query {
  filter: Doc;
  /** The filter compiled, where it has been already. */
  matches?: Predicate;
  sort?: SortField[];
  skip?: number;
  limit?: number;
  /** When the client no longer waits for what is found. */
  deadline?: number;
}

/** What a query looked at, for `explain`. */
export interface Examined {
  keys: number;
  documents: number;
}

/** How much a sort without an index may hold. */
const MAX_SORT_BYTES = 32 * 1024 * 1024;
const ROWS_PER_TURN = 200;

/** Undefined marks a point where a reader may let others run. */
type RowOrPause = Row | undefined;

function* candidates(collection: Collection, plan: Plan, examined: Examined): Generator<Row> {
  if (plan.branches) {
    const seen = new Set<string>();
    for (const branch of plan.branches) {
      for (const row of candidates(collection, branch, examined)) {
        const name = row.id.toString("latin1");
        if (!seen.has(name)) yield row;
        seen.add(name);
      }
    }
    return;
  }
  const seen = plan.index?.multikey.includes(true) ? new Set<string>() : undefined;
  const spans = plan.reverse ? plan.spans.toReversed() : plan.spans;
  for (const { start, end } of spans) {
    for (const { key, value } of collection.storage.range(start, end, plan.reverse)) {
      if (collection.dropped) return;
      examined.keys++;
      if (!plan.index) {
        examined.documents++;
        yield { id: key.subarray(collection.start.length), raw: value };
        continue;
      }
      const name = seen && value.toString("latin1");
      if (name !== undefined && seen?.has(name)) continue;
      if (name !== undefined) seen?.add(name);
      const raw = collection.read(value);
      if (!raw) continue;
      examined.documents++;
      yield { id: value, raw };
    }
  }
}

function* matching(collection: Collection, plan: Plan, matches: Predicate | undefined, examined: Examined) {
  let sincePause = 0;
  for (const row of candidates(collection, plan, examined)) {
    if (++sincePause % ROWS_PER_TURN === 0) yield undefined;
    if (!matches || matches(decode(row.raw))) yield row;
  }
}

/** Sorts in memory. With a limit only the best rows are kept; without one the bytes are capped. */
function* sorted(rows: Iterable<RowOrPause>, fields: SortField[], wanted: number): Generator<RowOrPause> {
  const order = sortOrder(fields);
  let kept: { row: Row; keys: unknown[]; position: number }[] = [];
  let bytes = 0;
  let position = 0;
  const arrange = () =>
    kept.sort((left, right) => order.compareKeys(left.keys, right.keys) || left.position - right.position);
  for (const row of rows) {
    if (!row) {
      yield undefined;
      continue;
    }
    kept.push({ row, keys: order.keysOf(decode(row.raw)), position: position++ });
    bytes += row.raw.length;
    const isFull = kept.length >= 2 * wanted + 100 || bytes > MAX_SORT_BYTES;
    if (wanted > 0 && kept.length > wanted && isFull) {
      kept = arrange().slice(0, wanted);
      bytes = kept.reduce((sum, { row }) => sum + row.raw.length, 0);
    }
    if (bytes > MAX_SORT_BYTES) {
      throw new StoreError(292, `Sort exceeded memory limit of ${MAX_SORT_BYTES} bytes: add an index or a limit`);
    }
  }
  for (const { row } of arrange()) yield row;
}

/** The rows a query asks for, in order, with pauses in between. */
export function* findWithPauses(
  collection: Collection,
  query: Query,
  examined: Examined = { keys: 0, documents: 0 },
): Generator<RowOrPause> {
  const { filter, matches = compileFilter(filter), sort = [], skip = 0, limit = 0, deadline } = query;
  const wanted = limit > 0 ? skip + limit : 0;
  const plan = planQuery(collection, { filter, sort, limit: wanted });
  const found = matching(collection, plan, Object.keys(filter).length > 0 ? matches : undefined, examined);
  const ordered = plan.sorted || sort.length === 0 ? found : sorted(found, sort, wanted);
  let count = 0;
  for (const row of ordered) {
    if (!row) {
      if (deadline !== undefined && Date.now() > deadline) throw new StoreError(50, "operation exceeded time limit");
      yield undefined;
      continue;
    }
    if (++count > skip) yield row;
    if (wanted > 0 && count >= wanted) return;
  }
}

/** The rows a query asks for, read in one go, as a write must. */
export function* findRows(collection: Collection, query: Query): Generator<Row> {
  for (const row of findWithPauses(collection, query)) if (row) yield row;
}

/** The rows a query asks for, letting other connections run during long scans. */
export async function* readRows(collection: Collection, query: Query): AsyncGenerator<Row> {
  for (const row of findWithPauses(collection, query)) {
    if (row) yield row;
    else await new Promise((resolve) => setImmediate(resolve));
  }
}
