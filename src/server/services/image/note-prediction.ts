import { Generation, Operation } from "@models";
import { connectDatabase } from "@/server/db/connect";
import { type Logger, logger } from "@/server/lib/logger";
import { predictionNoticeVerifier } from "@/server/providers/configured";
import type { NoticeRefusal } from "@/server/providers/image-provider";
import type { WebhookDelivery } from "@/server/providers/webhook-delivery";
import { noteEvent } from "@/server/services/observability/note-event";
import { AppError } from "@/shared/errors";
import { generations } from "./generations";
import { takeUpImages } from "./take-up-images";

const WHY_REFUSED: Record<NoticeRefusal, string> = {
  unsigned: "headers: This message is not signed as Replicate signs.",
  malformed: "body: This is not a prediction.",
  signature: "webhook-signature: The signature does not fit this message and this account.",
  "too-old": "webhook-timestamp: This message is too old, or from the future.",
};

/**
 * Takes a message from Replicate that a prediction has ended, and has it looked at soon. Nothing but the prediction's
 * id is believed, and nothing is decided here: a message that comes twice causes at most one more look.
 * @throws AppError VALIDATION for what Replicate did not send to this account: nothing was changed, nobody asked.
 */
export async function notePrediction(delivery: WebhookDelivery, log: Logger): Promise<void> {
  const notice = await predictionNoticeVerifier().verify(delivery);
  if ("refused" in notice) {
    noteEvent(
      log,
      { event: "webhook", source: "replicate", outcome: "refused", why: notice.refused },
      { level: "warn" },
    );
    throw new AppError("VALIDATION", WHY_REFUSED[notice.refused]);
  }
  await connectDatabase();
  const generation = await Generation.findOne({ predictionId: notice.predictionId }, { operationId: 1 }).lean();
  // Made by another app with the same account.
  if (!generation) return;
  const run = generations.find(generation._id);
  if (run) return run.wake();
  // Over; or another process waits for it, which will see for itself; or did, and is gone: then this one goes on.
  const operation = await Operation.findById(generation.operationId).lean();
  if (operation) await takeUpImages(operation, new Date(), logger);
}
