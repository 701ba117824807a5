import { Account, Generation, Message, Operation } from "@models";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { closeNow } from "@/server/services/credits/close-settled";
import { drainOutbox } from "@/server/services/credits/drain-outbox";
import { settleOperation } from "@/server/services/credits/settle-operation";
import { takeUpImages } from "@/server/services/image/take-up-images";
import { finishOverdue, publishOrMark } from "./finish-overdue";

/** What one round takes on; what is left waits for the next. */
const ROUND_MAX = 200;

/**
 * Finishes what workers that are gone have left: an operation that was decided is published and settled as decided,
 * one that was not is EXPIRED and given back, and entries that never reached the ledger are written.
 * Any number of processes may do this at once, and repeat each other's steps.
 * @returns how many operations were settled.
 */
export async function sweepOperations(log: Logger): Promise<number> {
  const now = new Date();
  const overdue = await Operation.find({ settled: false, leaseUntil: { $lte: now } })
    .sort({ leaseUntil: 1 })
    .limit(ROUND_MAX)
    .lean();
  let settled = 0;
  for (const operation of overdue) {
    try {
      if (await takeUpImages(operation, now, log)) continue;
      if (await finishOverdue(operation, now, log)) settled += 1;
    } catch (error) {
      log.error({ err: error, operation: operation._id }, "operation not swept");
    }
  }
  await closeNow();
  await settleLeftHolds(log);
  await endLeftWork(now);
  const behind = await Account.find({ "outbox._id": { $exists: true } }, { _id: 1 })
    .limit(ROUND_MAX)
    .lean();
  for (const { _id } of behind) await drainOutbox(_id);
  return settled;
}

/** Holds of operations that are settled are of no use to anybody; none should be there, and none stays. */
async function settleLeftHolds(log: Logger): Promise<void> {
  const holding = await Account.find({ "holds.op": { $exists: true } }, { holds: 1 })
    .limit(ROUND_MAX)
    .lean();
  for (const { _id: userId, holds } of holding) {
    const ops = holds.map(({ op }) => op);
    const over = await Operation.find({ userId, settled: true, op: { $in: ops } }).lean();
    for (const operation of over) {
      await settleOperation(operation);
      log.warn({ requestId: operation.requestId, operation: operation._id }, "left hold settled");
    }
  }
}

/**
 * Answers and images that were begun after their operation had been swept, by a worker that was slow: nobody else would
 * come back to them.
 */
async function endLeftWork(now: Date): Promise<void> {
  const createdAt = { $lte: new Date(now.getTime() - policy.credits.leaseMs) };
  const [messages, generations] = await Promise.all([
    Message.find({ status: "streaming", createdAt }, { operationId: 1 }).limit(ROUND_MAX).lean(),
    Generation.find({ status: { $in: ["starting", "processing", "storing"] }, createdAt }, { operationId: 1 })
      .limit(ROUND_MAX)
      .lean(),
  ]);
  const ids = [...messages, ...generations].flatMap(({ operationId }) => operationId ?? []);
  const over = ids.length > 0 ? await Operation.find({ _id: { $in: ids }, settled: true }).lean() : [];
  for (const operation of over) await publishOrMark(operation);
}
