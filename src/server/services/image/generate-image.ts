import { randomInt } from "node:crypto";
import { Generation, type OperationDoc } from "@models";
import type { Actor } from "@/server/lib/actor";
import { policy } from "@/server/lib/policy";
import { imageProvider, imageStore } from "@/server/providers/configured";
import { holdOperation } from "@/server/services/credits/hold-operation";
import { openOperation } from "@/server/services/credits/open-operation";
import { operationBegun } from "@/server/services/credits/operation-begun";
import { agreedCost } from "@/server/services/credits/quote";
import { failOperation } from "@/server/services/credits/settle-operation";
import { refuseWhileDraining } from "@/server/services/runs/draining";
import { entitlementsOf } from "@/server/services/settings/current-settings";
import { requireFeature } from "@/server/services/settings/features";
import { AppError, toAppError } from "@/shared/errors";
import type { GenerateImageInput, ImageEvent } from "@/shared/image";
import { followGeneration } from "./follow-generation";
import { runGeneration } from "./run-generation";

const SEED_MAX = 2_147_483_647;

/**
 * Makes images for the quoted price; each that is not delivered is given back. What can fail before the work begins is
 * thrown; after that it is an `error` event. The images are made whether or not anyone follows.
 * @throws AppError FORBIDDEN · CONFLICT · IDEMPOTENCY_MISMATCH · INSUFFICIENT_CREDITS · RATE_LIMITED (too many at once) ·
 *   SERVICE_UNAVAILABLE, and for a repeated key whatever its first use was refused with.
 */
export async function generateImage(
  actor: Actor,
  input: GenerateImageInput,
  signal: AbortSignal,
): Promise<AsyncIterable<ImageEvent>> {
  requireFeature("images", actor.user.id);
  const { imagesPerRequest } = entitlementsOf(actor.user.role);
  if (input.count > imagesPerRequest) {
    throw new AppError("FORBIDDEN", `Your account makes ${imagesPerRequest} at a time. Ask for fewer.`);
  }
  refuseWhileDraining();
  // Fails here, before anything is held, when the operator has not set images up.
  imageProvider();
  imageStore();
  const amount = agreedCost({ kind: "image", count: input.count }, input.expectedCost);
  const { idempotencyKey, expectedCost: _, ...request } = input;
  const { operation, isNew } = await openOperation({
    actor,
    idempotencyKey,
    kind: "image",
    amount,
    request,
    result: (op) => ({ generationId: `g_${op}` }),
  });
  const { generationId = "" } = operation.result;
  if (isNew) await beginGeneration(actor, input, operation, generationId);
  else await operationBegun(operation, signal, () => Generation.exists({ _id: generationId }));
  return generationEvents(operation, generationId, signal);
}

async function beginGeneration(
  actor: Actor,
  input: GenerateImageInput,
  operation: OperationDoc,
  generationId: string,
): Promise<void> {
  await holdOperation(operation);
  const { prompt, aspectRatio, count, seed = randomInt(SEED_MAX) } = input;
  const generation = {
    _id: generationId,
    userId: actor.user.id,
    operationId: operation._id,
    prompt,
    aspectRatio,
    count,
    seed,
    status: "starting" as const,
    charged: 0,
    requestId: actor.requestId,
    createdAt: operation.createdAt,
  };
  try {
    await refuseTooMany(actor, operation.createdAt, generationId);
    await Generation.insertOne(generation);
  } catch (error) {
    await failOperation(operation, "HELD", toAppError(error).code);
    throw error;
  }
  runGeneration({ operation, generation, log: actor.log });
}

/** @throws AppError RATE_LIMITED when as many of the user's generations as the role allows began before this one. */
async function refuseTooMany(actor: Actor, createdAt: Date, generationId: string): Promise<void> {
  const { concurrentGenerations } = entitlementsOf(actor.user.role);
  // One that was cut off by a crash is not running any more.
  const oldest = new Date(Date.now() - policy.image.totalMs - policy.credits.leaseMs);
  const running = await Generation.countDocuments({
    userId: actor.user.id,
    status: { $in: ["starting", "processing", "storing"] },
    createdAt: { $gte: oldest, $lte: createdAt },
    _id: { $ne: generationId },
  });
  if (running < concurrentGenerations) return;
  throw new AppError("RATE_LIMITED", `${concurrentGenerations} are being made already. Wait for one to finish.`, {
    retryAfterMs: 2_000,
  });
}

async function* generationEvents(
  { userId, requestId, amount }: OperationDoc,
  generationId: string,
  signal: AbortSignal,
): AsyncGenerator<ImageEvent> {
  yield { type: "start", generationId, requestId, quotedCost: amount };
  yield* followGeneration({ userId, generationId, signal });
}
