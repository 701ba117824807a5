import type { Doc } from "./bson-values";
import type { Collection } from "./collection";
import { candidateOf, covers, type Plan, type PlanRequest, reach, type Span, tryCandidate } from "./index-candidates";
import { arrayDemands, type Bounds, collectBounds } from "./query-bounds";

/** A plan this cheap is taken without looking at the others. */
const CHEAP = 2;
/** How much less reading in order must promise: words and order may go together, all the Zoes being at the end. */
const PROMISE = 32;

/** Plans each branch of an `$or` by itself; undefined unless an index serves every one of them. */
function planBranches(collection: Collection, filter: Doc): Plan | undefined {
  const { $or: branches, ...rest } = filter;
  if (!Array.isArray(branches)) return undefined;
  const plans: Plan[] = [];
  for (const branch of branches) {
    const plan = planQuery(collection, { filter: { $and: [rest, branch] } });
    if (!plan.usesIndex) return undefined;
    plans.push(plan);
  }
  const cost = plans.reduce((sum, plan) => sum + plan.cost, 0);
  return { usesIndex: true, spans: [], reverse: false, sorted: false, branches: plans, used: 0, cost };
}

/** Any index beats reading everything, so that plans do not change while a collection is small. */
function isBetter(plan: Plan, best: Plan): boolean {
  if (plan.usesIndex !== best.usesIndex) return plan.usesIndex;
  return plan.cost < best.cost || (plan.cost === best.cost && plan.used > best.used);
}

/** The best of the collection itself and its indexes. */
function bestCandidate(collection: Collection, request: PlanRequest, bounds: Map<string, Bounds>): Plan {
  let best = tryCandidate(collection, candidateOf(collection), bounds, request).plan;
  for (const index of collection.indexes) {
    if (best.usesIndex && best.used > 0 && best.sorted && best.cost < CHEAP) break;
    if (!covers(index, request.filter, bounds)) continue;
    const { plan, worthwhile } = tryCandidate(collection, candidateOf(collection, index), bounds, request);
    if (worthwhile && isBetter(plan, best)) best = plan;
  }
  return best;
}

const keysIn = ({ storage }: Collection, spans: Span[]) =>
  spans.reduce((sum, { start, end }) => sum + storage.countKeys(start, end), 0);

/** The index that finds the array by one of the values it must hold, how many keys that is, and out of how many. */
function findByElement(collection: Collection, request: PlanRequest, path: string) {
  const bounds = collectBounds(request.filter);
  const before = new Map([...bounds].filter(([name]) => name !== path));
  for (const index of collection.indexes) {
    if (!covers(index, request.filter, bounds)) continue;
    const position = index.fields.indexOf(path);
    const { plan } = tryCandidate(collection, candidateOf(collection, index), bounds, request);
    if (position < 0 || plan.used <= position) continue;
    const { spans, used } = reach(candidateOf(collection, index), before);
    return { plan, keys: keysIn(collection, plan.spans), of: used > 0 ? keysIn(collection, spans) : collection.size() };
  }
  return undefined;
}

/**
 * An array that must hold several values can be found by any one of them; or whatever else there is to go by is read
 * until enough arrays hold them all. Which is less depends on how rare they are, so keys are counted to the end here.
 */
function planArraySearch(collection: Collection, request: PlanRequest, other: Plan): Plan {
  const { path = "", filters = [] } = arrayDemands(request.filter) ?? {};
  let best: Plan | undefined;
  let least = Number.POSITIVE_INFINITY;
  let share = 1;
  for (const filter of filters) {
    const found = findByElement(collection, { ...request, filter }, path);
    if (!found) continue;
    share *= Math.min(1, found.keys / Math.max(1, found.of));
    if (found.keys >= least) continue;
    best = found.plan;
    least = found.keys;
  }
  if (!best) return other;
  const { limit = 0 } = request;
  const all = other.used > 0 ? keysIn(collection, other.spans) : collection.size();
  const read = other.sorted && limit > 0 ? Math.min(all, (PROMISE * limit) / share) : all;
  return !other.usesIndex || least < read ? best : other;
}

/** Chooses how to read what a query asks for: the index that reads least, or the whole collection. */
export function planQuery(collection: Collection, request: PlanRequest): Plan {
  const best = planArraySearch(collection, request, bestCandidate(collection, request, collectBounds(request.filter)));
  if (!best.usesIndex) return planBranches(collection, request.filter) ?? best;
  return best;
}
