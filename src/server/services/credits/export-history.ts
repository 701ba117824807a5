import { LedgerEntry } from "@models";
import { csvLine } from "@/shared/csv";
import { drainOutbox } from "./drain-outbox";
import { toLedgerEntry } from "./list-history";

const ROWS_A_CHUNK = 500;
const COLUMNS = ["at", "type", "available", "held", "owed", "reason", "requestId", "id"] as const;

/** The whole ledger of a user as CSV (RFC 4180), oldest first, in pieces: however long it is, little of it is in memory. */
export async function* exportHistory(userId: string, signal: AbortSignal): AsyncGenerator<string> {
  await drainOutbox(userId);
  yield csvLine([...COLUMNS]);
  let lines: string[] = [];
  const rows = LedgerEntry.find({ userId }).sort({ at: 1, _id: 1 }).lean().cursor({ batchSize: ROWS_A_CHUNK });
  for await (const row of rows) {
    signal.throwIfAborted();
    const { at, type, deltaAvailable, deltaHeld, deltaOwed, reason, requestId, id } = toLedgerEntry(row);
    lines.push(csvLine([at.toISOString(), type, deltaAvailable, deltaHeld, deltaOwed, reason, requestId, id]));
    if (lines.length < ROWS_A_CHUNK) continue;
    yield lines.join("");
    lines = [];
  }
  if (lines.length > 0) yield lines.join("");
}
