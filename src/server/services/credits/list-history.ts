import { LedgerEntry, type LedgerEntryDoc } from "@models";
import type { z } from "zod";
import { olderThan, pageOf } from "@/server/lib/cursor";
import type { historyInput, LedgerEntry as LedgerEntryView, ledgerPage } from "@/shared/credits";
import { drainOutbox } from "./drain-outbox";

/** A user's movements of credits, newest first; of one kind, if asked for. */
export async function listHistory(
  userId: string,
  { cursor, limit, type }: z.infer<typeof historyInput>,
): Promise<z.infer<typeof ledgerPage>> {
  // What was settled a moment ago belongs on the page.
  await drainOutbox(userId);
  const rows = await LedgerEntry.find({
    userId,
    ...(type && { type }),
    ...olderThan("at", cursor),
  })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { page, nextCursor } = pageOf(rows, limit, ({ at }) => at);
  return { items: page.map(toLedgerEntry), nextCursor };
}

/** A movement as its owner sees it. */
export function toLedgerEntry(entry: LedgerEntryDoc): LedgerEntryView {
  const { _id: id, type, deltaAvailable, deltaHeld, deltaOwed, reason, requestId, at } = entry;
  return { id, type, deltaAvailable, deltaHeld, deltaOwed, reason, requestId, at };
}
