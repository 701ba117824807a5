import { User } from "@models";
import type { z } from "zod";
import type { Actor } from "@/server/lib/actor";
import { changeStanding } from "@/server/services/account/change-standing";
import { removeAccount } from "@/server/services/account/remove-account";
import { writeAudit } from "@/server/services/audit/write-audit";
import type { deleteUserInput, setRoleInput, setStatusInput, signOutUserInput } from "@/shared/admin";
import { AppError } from "@/shared/errors";

type Done = Promise<{ ok: true }>;

/**
 * Makes somebody a user, a subscriber or an administrator. It holds from their next request on.
 * @throws AppError NOT_FOUND · CONFLICT for one's own role, or when no active administrator would be left.
 */
export async function setRole(actor: Actor, { userId, role, reason }: z.infer<typeof setRoleInput>): Done {
  refuseOneself(actor, userId, "You cannot change your own role. Ask another administrator to.");
  await changeStanding({ userId, set: { role }, audit: { action: "user.role", ...auditOf(actor, reason) } });
  return { ok: true };
}

/**
 * Shuts somebody out, or lets them back in; they then sign in anew. It holds from their next request on.
 * @throws AppError NOT_FOUND · CONFLICT for oneself, or when no active administrator would be left.
 */
export async function setStatus(actor: Actor, { userId, status, reason }: z.infer<typeof setStatusInput>): Done {
  refuseOneself(actor, userId, "You cannot suspend yourself. Ask another administrator to.");
  const action = status === "suspended" ? "user.suspend" : "user.restore";
  await changeStanding({ userId, set: { status }, audit: { action, ...auditOf(actor, reason) } });
  return { ok: true };
}

/** Ends every session of somebody's, on every device. @throws AppError NOT_FOUND. */
export async function signOutUser(actor: Actor, { userId, reason }: z.infer<typeof signOutUserInput>): Done {
  const before = await User.findOneAndUpdate(
    { _id: userId },
    { $inc: { sessionVersion: 1 } },
    { projection: { sessionVersion: 1 }, returnDocument: "before" },
  ).lean();
  if (!before) throw noSuchUser();
  const { sessionVersion } = before;
  await writeAudit({
    action: "user.sign-out",
    subject: userId,
    before: { sessionVersion },
    after: { sessionVersion: sessionVersion + 1 },
    ...auditOf(actor, reason),
  });
  return { ok: true };
}

/**
 * Removes somebody with everything they wrote and made; see `removeAccount`.
 * @throws AppError NOT_FOUND · VALIDATION when `confirmEmail` is not their address · CONFLICT for oneself, or for the last
 *   active administrator · PROVIDER_UNAVAILABLE when their subscription could not be cancelled: then nothing was removed.
 */
export async function deleteUser(actor: Actor, input: z.infer<typeof deleteUserInput>): Done {
  const { userId, reason, confirmEmail } = input;
  refuseOneself(actor, userId, "Delete your own account in your settings: there it asks for your password.");
  const user = await User.findById(userId, { email: 1 }).lean();
  if (!user) throw noSuchUser();
  if (user.email !== confirmEmail) {
    const problem = "This is not the account's address.";
    throw new AppError("VALIDATION", problem, { fieldErrors: { confirmEmail: [problem] } });
  }
  await removeAccount({ userId, log: actor.log, ...auditOf(actor, reason) });
  return { ok: true };
}

/** One slip would lock an administrator out of their own instance; another one can still do it to them. */
function refuseOneself(actor: Actor, userId: string, message: string): void {
  if (actor.user.id === userId) throw new AppError("CONFLICT", message);
}

const noSuchUser = () => new AppError("NOT_FOUND", "There is no such user.");

const auditOf = ({ user, requestId }: Actor, note: string) => ({ actor: user.id, note, requestId });
