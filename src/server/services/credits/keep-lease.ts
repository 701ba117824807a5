import { Operation, type OperationDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";

/**
 * Says at intervals that the operation's worker is alive. Calls `onLost` when the operation is no longer its own:
 * whatever is being made then is not to be delivered. Returns the function that ends it.
 */
export function keepLease(operation: OperationDoc, log: Logger, onLost: () => void): () => void {
  let busy = false;
  const timer = setInterval(async () => {
    // While the database does not answer, one beat waits, not a crowd of them.
    if (busy) return;
    busy = true;
    try {
      const until = new Date(Date.now() + policy.credits.leaseMs);
      if (await Operation.extendLease({ id: operation._id, owner: operation.owner, until })) return;
      clearInterval(timer);
      log.warn({ operation: operation._id }, "lease lost");
      onLost();
    } catch (error) {
      // The lease outlives several missed beats; only its loss matters.
      log.warn({ err: error }, "lease heartbeat failed");
    } finally {
      busy = false;
    }
  }, policy.credits.heartbeatMs);
  timer.unref();
  return () => clearInterval(timer);
}
