import { Generation, Operation, type OperationDoc } from "@models";
import { newId } from "@/server/lib/ids";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { isDraining } from "@/server/services/runs/draining";
import { runGeneration } from "./run-generation";

/**
 * Images that the provider was asked for before their worker went are waited for by this one: they may be there, and
 * are paid for at the provider. False for everything else.
 */
export async function takeUpImages(operation: OperationDoc, now: Date, log: Logger): Promise<boolean> {
  if (operation.kind !== "image" || operation.state !== "HELD" || isDraining()) return false;
  const generation = await Generation.findById(operation.result.generationId).lean();
  if (!generation?.predictionId || generation.createdAt.getTime() + policy.image.lateMs <= now.getTime()) return false;
  const until = new Date(Date.now() + policy.credits.leaseMs);
  const taken = await Operation.takeOver({ id: operation._id, owner: newId(), now, until });
  if (!taken) return true;
  const { requestId, userId } = taken;
  runGeneration({ operation: taken, generation, log: log.child({ requestId, userId }) });
  log.info({ requestId, operation: taken._id }, "images taken up");
  return true;
}
