import type { Actor } from "@/server/lib/actor";
import { confirmPassword } from "./change-account";
import { removeAccount } from "./remove-account";

/**
 * Removes the caller with everything they wrote and made; see `removeAccount`.
 * @throws AppError VALIDATION when the password is wrong · CONFLICT for the last active ADMIN · PROVIDER_UNAVAILABLE when
 *   a subscription could not be cancelled: then nothing was removed.
 */
export async function deleteAccount({ user, requestId, log }: Actor, password: string): Promise<{ ok: true }> {
  await confirmPassword(user.id, "password", password);
  await removeAccount({ userId: user.id, actor: user.id, note: "Deleted by its owner", requestId, log });
  return { ok: true };
}
