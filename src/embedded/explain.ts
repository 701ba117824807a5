import { splitPipeline } from "./aggregation";
import { type Doc, isDocument, isNumeric, toNumber } from "./bson-values";
import type { Catalog } from "./catalog";
import { arrayArgument, documentArgument, documentsArgument, namespaceArgument } from "./command";
import { parseSort } from "./compare";
import { StoreError } from "./errors";
import type { Plan } from "./index-candidates";
import { compileFilter } from "./matcher";
import { planQuery } from "./planner";
import { type Examined, findWithPauses, type Query } from "./row-reader";
import { SERVER_VERSION } from "./server-commands";

/** The query at the heart of the command to be explained. */
function explainedQuery(command: Doc): { namespace: string; query: Query } {
  const [name = ""] = Object.keys(command);
  const namespace = namespaceArgument(command, name);
  const sort = parseSort(documentArgument(command, "sort") ?? {});
  const limit = isNumeric(command.limit) ? toNumber(command.limit) : 0;
  const skip = isNumeric(command.skip) ? toNumber(command.skip) : 0;
  switch (name) {
    case "find":
      return { namespace, query: { filter: documentArgument(command, "filter") ?? {}, sort, limit, skip } };
    case "count":
    case "distinct":
      return { namespace, query: { filter: documentArgument(command, "query") ?? {}, limit, skip } };
    case "findAndModify":
      return { namespace, query: { filter: documentArgument(command, "query") ?? {}, sort, limit: 1 } };
    case "aggregate":
      return { namespace, query: splitPipeline(arrayArgument(command, "pipeline")).query };
    case "update":
    case "delete": {
      const [statement = {}] = documentsArgument(command, name === "update" ? "updates" : "deletes");
      return { namespace, query: { filter: documentArgument(statement, "q") ?? {} } };
    }
    default:
      throw new StoreError(59, `Explain failed due to unknown command: ${name}`);
  }
}

function scanStage(plan: Plan): Doc {
  if (plan.branches) return { stage: "OR", inputStages: plan.branches.map(scanStage) };
  const direction = plan.reverse ? "backward" : "forward";
  if (!plan.usesIndex) return { stage: "COLLSCAN", direction };
  const indexName = plan.index?.name ?? "_id_";
  const keyPattern = isDocument(plan.index?.spec.key) ? plan.index.spec.key : { _id: 1 };
  return { stage: "IXSCAN", indexName, keyPattern, direction };
}

/** Says how a command finds its documents, in the shape MongoDB does, without changing any. */
export function explainCommand(command: Doc, catalog: Catalog): Doc {
  const { namespace, query } = explainedQuery(command);
  compileFilter(query.filter);
  const examined: Examined = { keys: 0, documents: 0 };
  const collection = catalog.collections.get(namespace);
  let winningPlan: Doc = { stage: "EOF" };
  let nReturned = 0;
  if (collection) {
    const limit = query.limit ? query.limit + (query.skip ?? 0) : 0;
    const plan = planQuery(collection, { ...query, limit });
    const scan = scanStage(plan);
    const fetch = plan.usesIndex ? { stage: "FETCH", inputStage: scan } : scan;
    winningPlan = query.sort?.length && !plan.sorted ? { stage: "SORT", inputStage: fetch } : fetch;
    for (const row of findWithPauses(collection, query, examined)) if (row) nReturned++;
    if (!plan.usesIndex) examined.keys = 0;
  }
  return {
    explainVersion: "1",
    queryPlanner: { namespace, winningPlan, rejectedPlans: [] },
    executionStats: {
      executionSuccess: true,
      nReturned,
      totalKeysExamined: examined.keys,
      totalDocsExamined: examined.documents,
    },
    serverInfo: { version: SERVER_VERSION },
  };
}
