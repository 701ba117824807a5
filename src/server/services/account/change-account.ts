import { User } from "@models";
import { hashPassword, verifyPassword } from "@/server/auth/passwords";
import { logger } from "@/server/lib/logger";
import { searchTerms } from "@/server/lib/search-terms";
import { takeAnonymousToken } from "@/server/services/limits/take-token";
import { AppError } from "@/shared/errors";

export async function updateProfile(userId: string, name: string): Promise<{ ok: true }> {
  const user = await User.findById(userId, { email: 1 }).lean();
  await User.updateOne({ _id: userId }, { $set: { name, terms: searchTerms(`${user?.email} ${name}`) } });
  return { ok: true };
}

/**
 * Sets a new password and ends every session, this one too.
 * @throws AppError VALIDATION when the current password is wrong · RATE_LIMITED.
 */
export async function changePassword(
  userId: string,
  input: { currentPassword: string; newPassword: string },
): Promise<{ ok: true }> {
  await confirmPassword(userId, "currentPassword", input.currentPassword);
  const passwordHash = await hashPassword(input.newPassword);
  await User.updateOne({ _id: userId }, { $set: { passwordHash }, $inc: { sessionVersion: 1 } });
  return { ok: true };
}

/** Ends every session of the user's, on every device. */
export async function signOutEverywhere(userId: string): Promise<{ ok: true }> {
  await User.updateOne({ _id: userId }, { $inc: { sessionVersion: 1 } });
  return { ok: true };
}

/** @throws AppError VALIDATION naming `field` when it is not the user's password · RATE_LIMITED. */
export async function confirmPassword(userId: string, field: string, password: string): Promise<void> {
  await takeAnonymousToken("sign-in-account", `confirm:${userId}`, logger.child({ userId }));
  const user = await User.findById(userId, { passwordHash: 1 }).lean();
  if (await verifyPassword(user?.passwordHash, password)) return;
  const problem = "This is not your password.";
  throw new AppError("VALIDATION", problem, { fieldErrors: { [field]: [problem] } });
}
