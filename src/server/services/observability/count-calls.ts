import { ProviderCall, type ProviderCallDoc } from "@models";
import type { ProviderHealth } from "@/shared/operations";

/** What is looked at, at most. */
const CALLS_MAX = 10_000;

/** Calls of one model that ended the same way. */
export interface CallGroup {
  _id: Pick<ProviderCallDoc, "provider" | "model" | "outcome" | "failure">;
  calls: number;
  costMicros: number;
  oldest: Date;
  /** How long each took, in no order. */
  ms: number[];
  firstTokenMs: number[];
}

/**
 * The calls since `from`, grouped in the database: the newest 10,000 of them, by the index over time.
 * @returns also since when these are all there were.
 */
export async function groupCalls(from: Date): Promise<{ groups: CallGroup[]; since: Date }> {
  const groups = await ProviderCall.aggregate<CallGroup>([
    { $match: { at: { $gte: from } } },
    { $sort: { at: -1 } },
    { $limit: CALLS_MAX },
    {
      $group: {
        _id: { provider: "$provider", model: "$model", outcome: "$outcome", failure: "$failure" },
        calls: { $sum: 1 },
        costMicros: { $sum: "$costMicros" },
        oldest: { $min: "$at" },
        ms: { $push: "$ms" },
        firstTokenMs: { $push: "$firstTokenMs" },
      },
    },
  ]);
  const isCut = sum(groups.map(({ calls }) => calls)) === CALLS_MAX;
  const oldest = Math.min(...groups.map((group) => group.oldest.getTime()));
  return { groups, since: isCut ? new Date(oldest) : from };
}

export type CallCounts = Omit<ProviderHealth["models"][number], "model" | "tier" | "breakers">;

/** How many calls there were, how they went, how long those took that were answered, and what all of them cost. */
export function countCalls(groups: CallGroup[]): CallCounts {
  const answered = groups.filter(({ _id }) => _id.outcome === "answered");
  const ms = ascending(answered.flatMap((group) => group.ms));
  const firstTokenMs = ascending(answered.flatMap((group) => group.firstTokenMs));
  return {
    // Of one that rests nothing was asked.
    calls: sum(groups.map(({ _id, calls }) => (_id.outcome === "resting" ? 0 : calls))),
    failed: sum(groups.map(({ _id, calls }) => (_id.outcome === "failed" ? calls : 0))),
    p50Ms: quantile(ms, 0.5),
    p95Ms: quantile(ms, 0.95),
    firstTokenP50Ms: quantile(firstTokenMs, 0.5),
    costMicros: sum(groups.map((group) => group.costMicros)),
    errors: groups.flatMap(asError).sort((a, b) => b.count - a.count || a.failure.localeCompare(b.failure)),
  };
}

function asError({ _id: { outcome, failure }, calls: count }: CallGroup): CallCounts["errors"] {
  if (outcome === "resting") return [{ failure: "resting", count }];
  return outcome === "failed" ? [{ failure: failure ?? "unknown", count }] : [];
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

const ascending = (values: number[]) => values.sort((a, b) => a - b);

/** The smallest value that so large a share does not exceed; null without any. */
function quantile(values: number[], share: number): number | null {
  return values[Math.max(0, Math.ceil(values.length * share) - 1)] ?? null;
}
