import { Account, Operation } from "@models";
import type { Hold } from "@/shared/credits";

/** What a user's running operations have set aside, oldest first. */
export async function listHolds(userId: string): Promise<Hold[]> {
  const account = await Account.findById(userId, { holds: 1 }).lean();
  if (!account || account.holds.length === 0) return [];
  const ops = account.holds.map(({ op }) => op);
  const operations = await Operation.find({ userId, settled: false, op: { $in: ops } })
    .sort({ createdAt: 1 })
    .lean();
  return operations.map(({ kind, amount, result, createdAt: since, requestId }) => ({
    kind,
    amount,
    targetId: (kind === "chat" ? result.conversationId : result.generationId) ?? "",
    since,
    requestId,
  }));
}
