import { User } from "@models";
import type { z } from "zod";
import { hashPassword } from "@/server/auth/passwords";
import { connectDatabase } from "@/server/db/connect";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import { newId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { searchTerms } from "@/server/lib/search-terms";
import { openAccount } from "@/server/services/credits/open-account";
import { takeAnonymousToken } from "@/server/services/limits/take-token";
import { settingsKnown } from "@/server/services/settings/current-settings";
import type { registerInput } from "@/shared/account";
import { AppError } from "@/shared/errors";
import { claimFirstAdmin } from "./claim-first-admin";

/**
 * Makes a user with the sign-up bonus. An address that is taken gets the same answer, and nothing changes: the form
 * must not tell strangers who has an account.
 * @throws AppError FORBIDDEN while no new accounts are taken · RATE_LIMITED · SERVICE_UNAVAILABLE.
 */
export async function registerUser(
  input: z.infer<typeof registerInput>,
  { address, requestId }: { address: string; requestId: string },
): Promise<{ ok: true }> {
  if (!(await settingsKnown()).registrationOpen) {
    throw new AppError("FORBIDDEN", "New accounts are not taken just now. Ask the operator.");
  }
  await takeAnonymousToken("register", address, logger.child({ requestId }));
  await connectDatabase();
  const name = input.name ?? input.email.slice(0, input.email.indexOf("@"));
  const now = new Date();
  const user = {
    _id: newId(),
    email: input.email,
    name,
    terms: searchTerms(`${input.email} ${name}`),
    passwordHash: await hashPassword(input.password),
    role: "USER" as const,
    status: "active" as const,
    sessionVersion: 1,
    createdAt: now,
    lastSeenAt: now,
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
