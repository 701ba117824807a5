import type { UserDoc } from "@models";
import type { UserRow } from "@/shared/admin";
import type { Balance } from "@/shared/common";

/** A user without what no list needs: the hash of their password least of all. */
export type ListedUser = Omit<UserDoc, "passwordHash" | "terms">;
export const LISTED = { passwordHash: 0, terms: 0 } as const;

/** A user as an operator sees them in a list. */
export function toUserRow(user: ListedUser, balance: Balance): UserRow {
  const { _id: id, email, name, role, status, createdAt, lastSeenAt } = user;
  return { id, email, name, role, status, createdAt, lastSeenAt, balance };
}
