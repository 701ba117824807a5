import type { LedgerEntry } from "@/shared/credits";

/** One line of the ledger as it is read: all that one request did to the reader's credits. */
export interface LedgerRow {
  /** The entry the line is told by: the charge, if there was one, else the last that happened. */
  entry: LedgerEntry;
  reason: string;
  /** What the request gave or took, all in all. */
  effect: number;
}

/** What was set aside and then spent, or given back, is one story: entries of one request become one line. */
export function ledgerRows(entries: LedgerEntry[]): LedgerRow[] {
  const requests = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const request = requests.get(entry.requestId);
    if (request) request.push(entry);
    else requests.set(entry.requestId, [entry]);
  }
  return [...requests.values()].flatMap(rowOf);
}

function rowOf(entries: LedgerEntry[]): LedgerRow[] {
  const charge = entries.find(({ type }) => type === "CAPTURE");
  const entry = charge ?? entries[0];
  if (!entry) return [];
  const told = entries.filter(({ type }) => type === "CAPTURE" || (type === "RELEASE" && charge));
  const reason = told.length > 1 ? told.map((part) => part.reason).join("; ") : entry.reason;
  // What was set aside may stand on a page that is not here yet; then the charge itself says how much it was.
  const complete = !charge || entries.some(({ type }) => type === "HOLD");
  const effect = complete ? entries.reduce((sum, part) => sum + part.deltaAvailable, 0) : (charge?.deltaHeld ?? 0);
  return [{ entry, reason, effect }];
}
