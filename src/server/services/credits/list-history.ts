import { LedgerEntry, type LedgerEntryDoc } from "@models";
import type { z } from "zod";
import { decodeCursor, encodeCursor } from "@/server/lib/cursor";
import type { historyInput, LedgerEntry as LedgerEntryView, ledgerPage } from "@/shared/credits";
import { drainOutbox } from "./drain-outbox";

/** A user's movements of credits, newest first; of one kind, if asked for. */
export async function listHistory(
  userId: string,
  { cursor, limit, type }: z.infer<typeof historyInput>,
): Promise<z.infer<typeof ledgerPage>> {
  // What was settled a moment ago belongs on the page.
  await drainOutbox(userId);
  const before = decodeCursor(cursor);
  const rows = await LedgerEntry.find({
    userId,
    ...(type && { type }),
    ...(before && { $or: [{ at: { $lt: before.at } }, { at: before.at, _id: { $lt: before.id } }] }),
  })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows.slice(0, limit).map(toLedgerEntry);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(last) : undefined };
}

/** A movement as its owner sees it. */
export function toLedgerEntry(entry: LedgerEntryDoc): LedgerEntryView {
  const { _id: id, type, deltaAvailable, deltaHeld, deltaOwed, reason, requestId, at } = entry;
  return { id, type, deltaAvailable, deltaHeld, deltaOwed, reason, requestId, at };
}
