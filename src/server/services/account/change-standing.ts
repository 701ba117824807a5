import { type StandingChange, StandingGuard, User, type UserDoc } from "@models";
import { sleep } from "@/server/lib/clock";
import { newId } from "@/server/lib/ids";
import { writeAudit } from "@/server/services/audit/write-audit";
import { AppError } from "@/shared/errors";

const TRIES = 40;
const PAUSE_MS = 10;

type Standing = Pick<UserDoc, "role" | "status">;

interface Change {
  userId: string;
  /** What is to be so from now on. */
  set: Partial<Standing>;
  /** For the audit log; `after` when there is more to say than what is set. */
  audit: { id?: string; actor: string; action: string; note: string; requestId: string; after?: unknown };
}

/**
 * Changes a user's role or status, and writes it into the audit log. All such changes are made one after the other, each
 * decided by a single write to one document; whoever finds one that was decided and not carried out, because its process
 * died or sleeps, carries it out first. So however many act at the same moment, an active administrator is left. Safe to
 * repeat: what is so already is not changed again.
 * @returns whether there was anything to change.
 * @throws AppError NOT_FOUND without such a user · CONFLICT when no active administrator would be left ·
 *   SERVICE_UNAVAILABLE when others were faster again and again.
 */
export async function changeStanding({ userId, set, audit }: Change): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { version, pending } = await StandingGuard.read();
    if (pending) {
      await carryOut(pending);
      continue;
    }
    const user = await User.findById(userId, { role: 1, status: 1, standing: 1 }).lean();
    if (!user) throw new AppError("NOT_FOUND", "There is no such user.");
    const before: Standing = { role: user.role, status: user.status };
    const after: Standing = { ...before, ...set };
    if (before.role === after.role && before.status === after.status) return false;
    if (isActiveAdmin(before) && !isActiveAdmin(after)) await requireAnotherAdmin(userId);
    const id = newId();
    const change = { id, userId, after: user.standing ?? null, set, audit: { id, before, after, ...audit } };
    if (await StandingGuard.decide(version, change)) {
      await carryOut(change);
      return true;
    }
    await sleep(Math.random() * PAUSE_MS * tries);
  }
  throw new AppError("SERVICE_UNAVAILABLE");
}

/** @throws AppError CONFLICT when the user is the only active administrator. */
export async function requireAnotherAdmin(userId: string): Promise<void> {
  if (await User.exists({ _id: { $ne: userId }, role: "ADMIN", status: "active" })) return;
  throw new AppError("CONFLICT", "This is the only active administrator. Make someone else one first.");
}

const isActiveAdmin = ({ role, status }: Standing) => role === "ADMIN" && status === "active";

/** Does what was decided, once, however many do it and however late. */
async function carryOut({ id, userId, after, set, audit }: StandingChange): Promise<void> {
  await User.updateOne(
    { _id: userId, standing: after },
    // Who comes back from a suspension signs in anew: what was opened before it stays shut.
    { $set: { ...set, standing: id }, ...(set.status === "active" && { $inc: { sessionVersion: 1 } }) },
  );
  await writeAudit({ subject: userId, ...audit });
  await StandingGuard.finish(id);
}
