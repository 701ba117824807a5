import { User } from "@models";
import { verifyPassword } from "@/server/auth/passwords";
import { connectDatabase } from "@/server/db/connect";
import { logger } from "@/server/lib/logger";
import { openAccount } from "@/server/services/credits/open-account";
import { takeAnonymousToken } from "@/server/services/limits/take-token";
import { claimFirstAdmin } from "./claim-first-admin";

interface SignInInput {
  email: string;
  password: string;
  /** Where the attempt comes from, for the limits. */
  address: string;
  requestId: string;
}

/**
 * The user the credentials belong to, or null. Also makes good what a crash during registration left undone.
 * @throws AppError RATE_LIMITED · SERVICE_UNAVAILABLE.
 */
export async function signInWithPassword({ email, password, address, requestId }: SignInInput) {
  const log = logger.child({ requestId });
  await takeAnonymousToken("sign-in", address, log);
  await takeAnonymousToken("sign-in-account", `${address}:${email}`, log);
  await connectDatabase();
  const user = await User.findOne({ email, status: "active" }).lean();
  if (!(await verifyPassword(user?.passwordHash, password)) || !user) return null;
  await openAccount(user._id, requestId);
  await claimFirstAdmin(user._id);
  return { id: user._id, email: user.email, name: user.name, sessionVersion: user.sessionVersion };
}
