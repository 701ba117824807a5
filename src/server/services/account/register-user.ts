import { User } from "@models";
import type { z } from "zod";
import { hashPassword } from "@/server/auth/passwords";
import { connectDatabase } from "@/server/db/connect";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import { newId } from "@/server/lib/ids";
import { openAccount } from "@/server/services/credits/open-account";
import { takeAnonymousToken } from "@/server/services/limits/take-token";
import type { registerInput } from "@/shared/account";
import { claimFirstAdmin } from "./claim-first-admin";

/**
 * Makes a user with the sign-up bonus. An address that is taken gets the same answer, and nothing changes: the form
 * must not tell strangers who has an account.
 * @throws AppError RATE_LIMITED · SERVICE_UNAVAILABLE.
 */
export async function registerUser(
  input: z.infer<typeof registerInput>,
  { address, requestId }: { address: string; requestId: string },
): Promise<{ ok: true }> {
  await takeAnonymousToken("register", address);
  await connectDatabase();
  const user = {
    _id: newId(),
    email: input.email,
    name: input.name ?? input.email.slice(0, input.email.indexOf("@")),
    passwordHash: await hashPassword(input.password),
    role: "USER" as const,
    status: "active" as const,
    sessionVersion: 1,
    createdAt: new Date(),
  };
  try {
    await User.insertOne(user);
  } catch (error) {
    if (isDuplicateKey(error)) return { ok: true };
    throw error;
  }
  await openAccount(user._id, requestId);
  await claimFirstAdmin(user._id);
  return { ok: true };
}
