import { AuditEntry, User } from "@models";
import type { z } from "zod";
import { olderThan, pageOf } from "@/server/lib/cursor";
import type { auditInput, auditPage } from "@/shared/admin";

/**
 * What operators did and had to know of, newest first: all of it, one action or its area, or what concerns one subject.
 * @throws AppError VALIDATION for a cursor this server did not make.
 */
export async function listAudit({
  action,
  subject,
  cursor,
  limit,
}: z.infer<typeof auditInput>): Promise<z.infer<typeof auditPage>> {
  const filter = {
    ...(action && (action.includes(".") ? { action } : { area: action })),
    ...(subject && { subject }),
  };
  const rows = await AuditEntry.find({ ...filter, ...olderThan("at", cursor) })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { page, nextCursor } = pageOf(rows, limit, ({ at }) => at);
  const emails = await emailsOf(page.flatMap((entry) => [entry.actor, entry.subject]));
  const items = page.map(({ _id: id, area: _, ...entry }) => ({
    ...entry,
    id,
    actorEmail: emails.get(entry.actor),
    subjectEmail: emails.get(entry.subject),
  }));
  return { items, nextCursor };
}

/** The addresses of those of the ids that are users who are still here. */
async function emailsOf(ids: string[]): Promise<Map<string, string>> {
  const users = await User.find({ _id: { $in: [...new Set(ids)] } }, { email: 1 }).lean();
  return new Map(users.map(({ _id, email }) => [_id, email]));
}
