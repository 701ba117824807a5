import { Conversation, Generation, Image, Message, User } from "@models";
import type { Actor } from "@/server/lib/actor";
import { imageStore } from "@/server/providers/configured";
import { cancelBeforeDeletion } from "@/server/services/payments/cancel-subscription";
import { AppError } from "@/shared/errors";
import { confirmPassword } from "./change-account";

/** Removing the stored files is best effort and must not take for ever. */
const REMOVE_FILES_MS = 20_000;

/**
 * Removes a user with everything they wrote and made. The ledger stays, as books must, under an id that names nobody.
 * A running subscription is cancelled at PayPal.
 * @throws AppError VALIDATION when the password is wrong · CONFLICT for the last ADMIN · PROVIDER_UNAVAILABLE when a
 *   subscription could not be cancelled: then nothing was removed.
 */
export async function deleteAccount(actor: Actor, password: string): Promise<{ ok: true }> {
  const userId = actor.user.id;
  await confirmPassword(userId, "password", password);
  if (actor.user.role === "ADMIN" && (await User.countDocuments({ role: "ADMIN" })) <= 1) {
    throw new AppError("CONFLICT", "You are the only administrator. Make someone else one first.");
  }
  // First, and not at all without it: nobody pays for an account that is gone.
  await cancelBeforeDeletion(userId);
  await User.deleteOne({ _id: userId });
  const images = await Image.find({ userId }, { publicId: 1 }).lean();
  await Promise.all([
    Message.deleteMany({ userId }),
    Conversation.deleteMany({ userId }),
    Generation.deleteMany({ userId }),
    Image.deleteMany({ userId }),
  ]);
  const signal = AbortSignal.timeout(REMOVE_FILES_MS);
  const removals = await Promise.allSettled(images.map(({ publicId }) => imageStore().remove(publicId, signal)));
  const left = removals.filter(({ status }) => status === "rejected").length;
  if (left > 0) actor.log.warn({ userId, left }, "files of a deleted account left in the image store");
  return { ok: true };
}
