import { Operation, type OperationDoc } from "@models";
import { sleep } from "@/server/lib/clock";
import { AppError, isErrorCode } from "@/shared/errors";

const POLL_MS = 25;

/**
 * For a repeated key: waits until the first request with it has written down what it makes.
 * @param isThere whether what the operation makes can be followed or replayed.
 * @throws AppError with the code the first request was refused with · the signal's reason when it aborts.
 */
export async function operationBegun(
  operation: OperationDoc,
  signal: AbortSignal,
  isThere: () => Promise<unknown>,
): Promise<void> {
  while (!(await isThere())) {
    const current = await Operation.findById(operation._id, { state: 1, errorCode: 1, leaseUntil: 1 }).lean();
    const isOver = !current || current.state === "FAILED" || current.state === "EXPIRED";
    if (isOver) throw new AppError(isErrorCode(current?.errorCode) ? current.errorCode : "SERVICE_UNAVAILABLE");
    if (current.leaseUntil < new Date()) throw new AppError("SERVICE_UNAVAILABLE");
    await sleep(POLL_MS, signal);
  }
}
