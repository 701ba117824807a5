import { Operation, type OperationDoc } from "@models";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import type { Actor } from "@/server/lib/actor";
import { newId, shortHash } from "@/server/lib/ids";
import { policy } from "@/server/lib/policy";
import { AppError } from "@/shared/errors";

export interface OpenOperationInput {
  actor: Actor;
  idempotencyKey: string;
  kind: OperationDoc["kind"];
  /** The highest possible price. */
  amount: number;
  /** Everything that makes this request this request; a repeat must match it. */
  request: Record<string, unknown>;
  /** The ids of what will be made, derived from the operation's own short id. */
  result: (op: string) => Record<string, string>;
}

/**
 * Step 1 of the ledger: one operation per user and idempotency key, whoever asks and however often at once.
 * `isNew` says whether this call is the one that runs it.
 * @throws AppError IDEMPOTENCY_MISMATCH when the key was used for another request.
 */
export async function openOperation(input: OpenOperationInput): Promise<{ operation: OperationDoc; isNew: boolean }> {
  const { actor, idempotencyKey, kind, amount } = input;
  const id = `${actor.user.id}:${idempotencyKey}`;
  const op = shortHash(id);
  const now = Date.now();
  const operation: OperationDoc = {
    _id: id,
    op,
    userId: actor.user.id,
    requestHash: shortHash(JSON.stringify([kind, Object.entries(input.request).sort()]), 43),
    kind,
    amount,
    holdBy: new Date(now + policy.credits.holdWithinMs),
    leaseUntil: new Date(now + policy.credits.leaseMs),
    owner: newId(),
    state: "NEW",
    settled: false,
    result: input.result(op),
    requestId: actor.requestId,
    createdAt: new Date(now),
  };
  try {
    await Operation.native().insertOne(operation);
    return { operation, isNew: true };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const existing = await Operation.findById(id).lean();
  if (!existing) throw new AppError("CONFLICT");
  if (existing.requestHash !== operation.requestHash) throw new AppError("IDEMPOTENCY_MISMATCH");
  return { operation: existing, isNew: false };
}
