import { AuditEntry } from "@models";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import { newId } from "@/server/lib/ids";

export interface AuditNote {
  /** Given when the same thing may be noticed again and again: it is written once. */
  id?: string;
  /** A user's id, or "paypal". */
  actor: string;
  /** `area.verb` */
  action: string;
  subject: string;
  note: string;
  before?: unknown;
  after?: unknown;
  requestId: string;
}

/** Writes down what an operator did or must know of. */
export async function writeAudit({ id = newId(), ...note }: AuditNote): Promise<void> {
  try {
    await AuditEntry.insertOne({ _id: id, ...note, area: areaOf(note.action), at: new Date() });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** The area an action belongs to: "user" of "user.suspend". */
export const areaOf = (action: string): string => action.split(".", 1)[0] ?? action;
