import type { LedgerEntry } from "@/shared/credits";

/** One line of the ledger as it is read: what one use did to the reader's credits, or one gift, refund or correction. */
export interface LedgerRow {
  /** The entry the line is told by: the charge, if there was one, else the last that happened. */
  entry: LedgerEntry;
  reason: string;
  /** What it gave or took, all in all; what was owed before or is owed since counts too. */
  effect: number;
  /** How much of it repaid what was owed or, below zero, is owed since. */
  repaid: number;
}

const OF_A_USE: LedgerEntry["type"][] = ["HOLD", "CAPTURE", "RELEASE"];

/** What was set aside and then spent, or given back, is one story: the entries of one use become one line. */
export function ledgerRows(entries: LedgerEntry[]): LedgerRow[] {
  const stories = new Map<string, LedgerEntry[]>();
  for (const entry of entries) {
    const key = OF_A_USE.includes(entry.type) ? `use of ${entry.requestId}` : entry.id;
    const story = stories.get(key);
    if (story) story.push(entry);
    else stories.set(key, [entry]);
  }
  return [...stories.values()].flatMap(rowOf);
}

function rowOf(entries: LedgerEntry[]): LedgerRow[] {
  const charge = entries.find(({ type }) => type === "CAPTURE");
  const entry = charge ?? entries[0];
  if (!entry) return [];
  const told = entries.filter(({ type }) => type === "CAPTURE" || (type === "RELEASE" && charge));
  const reason = told.length > 1 ? told.map((part) => part.reason).join("; ") : entry.reason;
  // What was set aside may stand on a page that is not here yet; then the charge itself says how much it was.
  const complete = !charge || entries.some(({ type }) => type === "HOLD");
  const effect = complete
    ? entries.reduce((sum, part) => sum + part.deltaAvailable - part.deltaOwed, 0)
    : (charge?.deltaHeld ?? 0);
  return [{ entry, reason, effect, repaid: 0 - entry.deltaOwed }];
}
