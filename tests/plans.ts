import mongoose from "mongoose";

export interface ReadPlan {
  /** What was read and by what, like `users find {"role":"ADMIN"}`. */
  query: string;
  /** The stages and indexes, from the outside in, like `FETCH IXSCAN role_1_email_1`. */
  plan: string;
  examined: number;
}

const READS = ["find", "findOne", "countDocuments", "aggregate"];

/** How the database finds what `work` reads, one entry for each read. */
export async function plansOf(work: () => Promise<unknown>): Promise<ReadPlan[]> {
  const reads: { collection: string; method: string; args: unknown[] }[] = [];
  mongoose.set("debug", (collection: string, method: string, ...args: unknown[]) => {
    if (READS.includes(method)) reads.push({ collection, method, args });
  });
  try {
    await work();
  } finally {
    mongoose.set("debug", false);
  }
  return Promise.all(reads.map(explain));
}

async function explain({
  collection,
  method,
  args: [about, options],
}: {
  collection: string;
  method: string;
  args: unknown[];
}) {
  const { sort, limit } = Object(options);
  const command =
    method === "aggregate"
      ? { aggregate: collection, pipeline: about, cursor: {} }
      : method === "countDocuments"
        ? { count: collection, query: about }
        : { find: collection, filter: about, ...(sort && { sort }), limit: method === "findOne" ? 1 : (limit ?? 0) };
  const answer = Object(await mongoose.connection.db?.command({ explain: command, verbosity: "executionStats" }));
  // An aggregation may say it stage by stage.
  const { queryPlanner, executionStats } = answer.stages?.[0].$cursor ?? answer;
  const plan = JSON.stringify(queryPlanner.winningPlan);
  const words = [...plan.matchAll(/"(?:stage|indexName)":"(\w[\w-]*)"/g)].map(([, word]) => word);
  return {
    query: `${collection} ${method} ${JSON.stringify(about)}`,
    plan: words.join(" "),
    examined: executionStats.totalDocsExamined,
  };
}
