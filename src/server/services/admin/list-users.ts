import { Account, User } from "@models";
import type { z } from "zod";
import { decodeCursor, encodeCursor, olderThan, pageOf } from "@/server/lib/cursor";
import { termsFilter } from "@/server/lib/search-terms";
import { balanceOf, NO_CREDITS } from "@/server/services/credits/get-balance";
import type { UserRow, userPage, usersInput } from "@/shared/admin";
import { LISTED, type ListedUser, toUserRow } from "./user-row";

type Input = z.infer<typeof usersInput>;

/**
 * A page of users: all of them, those of a role or status, or whom a search finds. A whole address or an id finds the
 * one user it belongs to; otherwise each word must be one of the name or the address, and the last may be unfinished.
 * @throws AppError VALIDATION for a cursor this server did not make.
 */
export async function listUsers(input: Input): Promise<z.infer<typeof userPage>> {
  const { query = "", role, status } = input;
  const named = query === "" ? null : await findNamed(query);
  if (named) {
    const isListed = (!role || named.role === role) && (!status || named.status === status);
    return { items: await toRows(isListed ? [named] : []) };
  }
  const terms = query === "" ? undefined : termsFilter(query);
  if (query !== "" && !terms) return { items: [] };
  const filter = { ...(role && { role }), ...(status && { status }), ...(terms && { terms }) };
  const { page, nextCursor } = await (input.sort === "email" ? readByEmail : readByTime)(filter, input);
  return { items: await toRows(page), nextCursor };
}

const findNamed = async (query: string): Promise<ListedUser | null> =>
  (await User.findOne({ email: query.toLowerCase() }, LISTED).lean()) ?? (await User.findById(query, LISTED).lean());

async function readByTime(filter: object, { sort, cursor, limit }: Input) {
  const field = sort === "seen" ? "lastSeenAt" : "createdAt";
  const rows: ListedUser[] = await User.find({ ...filter, ...olderThan(field, cursor) }, LISTED)
    .sort({ [field]: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  return pageOf(rows, limit, (user) => user[field]);
}

/** Addresses are unique, so one alone is a place in the list. */
async function readByEmail(filter: object, { cursor, limit }: Input) {
  const after = decodeCursor(cursor);
  const rows: ListedUser[] = await User.find({ ...filter, ...(after && { email: { $gt: after.id } }) }, LISTED)
    .sort({ email: 1 })
    .limit(limit + 1)
    .lean();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor({ at: last.createdAt, id: last.email }) : undefined;
  return { page, nextCursor };
}

async function toRows(users: ListedUser[]): Promise<UserRow[]> {
  const ids = users.map(({ _id }) => _id);
  const accounts = await Account.find({ _id: { $in: ids } }, { available: 1, held: 1, owed: 1 }).lean();
  const balances = new Map(accounts.map((account) => [account._id, balanceOf(account)]));
  return users.map((user) => toUserRow(user, balances.get(user._id) ?? NO_CREDITS));
}
