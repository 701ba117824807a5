import { Conversation, Generation, Image, Message, Session, User } from "@models";
import type { Logger } from "@/server/lib/logger";
import { imageStore } from "@/server/providers/configured";
import { writeAudit } from "@/server/services/audit/write-audit";
import { cancelBeforeDeletion } from "@/server/services/payments/cancel-subscription";
import { changeStanding, requireAnotherAdmin } from "./change-standing";

/** Removing the stored files is best effort and must not take for ever. */
const REMOVE_FILES_MS = 20_000;

interface Removal {
  userId: string;
  /** Who wants it, and why, for the audit log. */
  actor: string;
  note: string;
  requestId: string;
  log: Logger;
}

/**
 * Removes a user with everything they wrote and made. The ledger stays, as books must, under an id that names nobody.
 * A running subscription is cancelled at PayPal. What a crash leaves undone, a repeat does: the user goes last.
 * @throws AppError CONFLICT for the last active ADMIN · PROVIDER_UNAVAILABLE when a subscription could not be cancelled:
 *   then nothing was removed.
 */
export async function removeAccount({ userId, actor, note, requestId, log }: Removal): Promise<void> {
  const before = await User.findById(userId, { _id: 0, role: 1, status: 1 }).lean();
  if (before?.role === "ADMIN") await requireAnotherAdmin(userId);
  // Not at all without it: nobody pays for an account that is gone.
  await cancelBeforeDeletion(userId);
  const audit = { id: `delete_${userId}`, actor, action: "user.delete", note, requestId, after: null };
  const changed = await changeStanding({ userId, set: { role: "USER", status: "suspended" }, audit });
  if (!changed) await writeAudit({ subject: userId, before, ...audit });
  const images = await Image.find({ userId }, { publicId: 1 }).lean();
  const signal = AbortSignal.timeout(REMOVE_FILES_MS);
  const removals = await Promise.allSettled(images.map(({ publicId }) => imageStore().remove(publicId, signal)));
  const left = removals.filter(({ status }) => status === "rejected").length;
  if (left > 0) log.warn({ userId, left }, "files of a deleted account left in the image store");
  await Promise.all([
    Message.deleteMany({ userId }),
    Conversation.deleteMany({ userId }),
    Generation.deleteMany({ userId }),
    Image.deleteMany({ userId }),
    Session.deleteMany({ userId }),
  ]);
  await User.deleteOne({ _id: userId });
}
