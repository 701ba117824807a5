import { Operation } from "@models";
import { REFUSALS } from "./count-hours";
import { later } from "./spans";

/** How many people used something in a span of time, each once. */
export async function countPeople(from: Date, ms: number): Promise<number> {
  const [found] = await Operation.aggregate<{ people: number }>([
    { $match: { createdAt: { $gte: from, $lt: later(from, ms) }, errorCode: { $nin: REFUSALS } } },
    { $group: { _id: "$userId" } },
    { $count: "people" },
  ]);
  return found?.people ?? 0;
}
