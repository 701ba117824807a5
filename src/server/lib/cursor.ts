import { z } from "zod";
import { AppError } from "@/shared/errors";

const position = z.tuple([z.number(), z.string()]);

/** Where a page of a list sorted by time and id ended, as an opaque token. */
export function encodeCursor(item: { at: Date; id: string }): string {
  return Buffer.from(JSON.stringify([item.at.getTime(), item.id])).toString("base64url");
}

/** @throws AppError VALIDATION for a token this server did not make. */
export function decodeCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined;
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { at: new Date(at), id };
  } catch (error) {
    const problem = "Start again from the first page.";
    throw new AppError("VALIDATION", `cursor: ${problem}`, { cause: error, fieldErrors: { cursor: [problem] } });
  }
}

/**
 * Filters what comes after the cursor in a list sorted by `field` and `_id`, both downwards. The bound on the field alone
 * lets an index begin there, so that a page far down costs no more than the first.
 * @throws AppError VALIDATION for a cursor this server did not make.
 */
export function olderThan(field: string, cursor: string | undefined) {
  const before = decodeCursor(cursor);
  if (!before) return {};
  const { at, id } = before;
  return { [field]: { $lte: at }, $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] };
}

/** A page out of `limit + 1` rows, and the cursor of the next if there is one. `at`: the time the list is sorted by. */
export function pageOf<Row extends { _id: string }>(
  rows: Row[],
  limit: number,
  at: (row: Row) => Date,
): { page: Row[]; nextCursor: string | undefined } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor({ at: at(last), id: last._id }) : undefined;
  return { page, nextCursor };
}
