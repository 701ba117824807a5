import { Operation, type OperationDoc } from "@models";
import { type Logger, logger } from "@/server/lib/logger";
import { markAnswerLost, noteAnswer, publishAnswer } from "@/server/services/chat/deliver-answer";
import { settleOperation } from "@/server/services/credits/settle-operation";
import { markGenerationLost, noteImages, publishImages } from "@/server/services/image/deliver-images";

/**
 * Finishes an operation whose lease ran out: one that was decided is published and settled as decided, one that was not
 * is EXPIRED and given back. Any number of processes may do this at once, and repeat each other's steps.
 * @returns false when its worker turned out to be alive.
 */
export async function finishOverdue(operation: OperationDoc, now: Date, log: Logger): Promise<boolean> {
  const undecided = operation.state === "NEW" || operation.state === "HELD";
  const decided = undecided ? await Operation.expire({ id: operation._id, now }) : operation;
  if (!decided) return false;
  if (undecided) noteLost(decided);
  await publishOrMark(decided);
  await settleOperation(decided);
  log.info({ requestId: decided.requestId, operation: decided._id, state: decided.state }, "operation swept");
  return true;
}

/** Its worker cannot tell any more how it ended. */
function noteLost(operation: OperationDoc): void {
  const { requestId, userId, kind } = operation;
  const log = logger.child({ requestId, userId });
  const code = "SERVICE_UNAVAILABLE";
  if (kind === "chat") noteAnswer(log, operation, { outcome: "interrupted", charged: 0, code });
  else noteImages(log, operation, { outcome: "failed", count: 0, charged: 0, code });
}

/** Shows what was delivered as final, or says that it will not come. */
export async function publishOrMark(operation: OperationDoc): Promise<void> {
  const delivered = operation.state === "DONE";
  if (operation.kind === "chat") await (delivered ? publishAnswer(operation) : markAnswerLost(operation));
  else await (delivered ? publishImages(operation) : markGenerationLost(operation));
}
