import { type Doc, EMPTY_ARRAY, getField, isDocument } from "./bson-values";
import { StoreError } from "./errors";

/** What one document contributes to an index. */
interface IndexTuples {
  /** One list of field values for each entry. */
  tuples: unknown[][];
  /** For each field, whether an array was met on its path. */
  multikey: boolean[];
}

interface FieldState {
  value: unknown;
  /** The path still to walk; null once the value is final. */
  rest: string[] | null;
}

/** Walks down documents until the path ends or an array stands in the way. */
function advance(state: FieldState): FieldState {
  let { value } = state;
  let depth = 0;
  const rest = state.rest ?? [];
  while (depth < rest.length && !Array.isArray(value)) {
    value = isDocument(value) ? getField(value, rest[depth] ?? "") : undefined;
    depth++;
  }
  return { value, rest: rest.slice(depth) };
}

/** Follows all paths at once, branching where they meet an array. */
function expand(states: FieldState[], result: IndexTuples): void {
  const reached = states.map((state) => (state.rest === null ? state : advance(state)));
  let array: unknown[] | undefined;
  for (const [position, { value, rest }] of reached.entries()) {
    if (rest === null) continue;
    if (!Array.isArray(value)) {
      reached[position] = { value: value ?? null, rest: null };
      continue;
    }
    if (array && array !== value) throw new StoreError(171, "cannot index parallel arrays");
    array = value;
    result.multikey[position] = true;
  }
  if (!array) {
    result.tuples.push(reached.map(({ value }) => value));
    return;
  }
  for (const element of array.length > 0 ? array : [EMPTY_ARRAY]) {
    const branch = reached.map((state) => {
      if (state.rest === null) return state;
      if (state.rest.length === 0) return { value: element ?? null, rest: null };
      // neither an empty array nor an array directly inside an array is looked into
      if (element === EMPTY_ARRAY || Array.isArray(element)) return { value: null, rest: null };
      return { value: element, rest: state.rest };
    });
    expand(branch, result);
  }
}

/** The values under which a document is entered into an index over `paths`. */
export function indexTuples(document: Doc, paths: readonly string[][]): IndexTuples {
  const result: IndexTuples = { tuples: [], multikey: paths.map(() => false) };
  expand(
    paths.map((path) => ({ value: document, rest: path })),
    result,
  );
  return result;
}
