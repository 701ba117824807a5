import { type LedgerEntryDoc, Operation, type OperationDoc } from "@models";
import { Gatherer } from "@/server/lib/gatherer";
import { logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { processState } from "@/server/lib/process-state";
import { reopenHours } from "@/server/services/stats/reopen-hours";
import { moveToLedger } from "./drain-outbox";

/** A use whose hold is gone and whose artefact is published. */
export interface SettledUse {
  operation: OperationDoc;
  /** What its account had in its outbox then. */
  outbox: LedgerEntryDoc[];
}

const closing = () => processState("closing", () => new Gatherer(policy.credits.closeMs, closeUses));

/**
 * Step 6 of the ledger, soon: the use's entries reach the ledger, and it is marked as settled. What a crash prevents, the
 * sweep does; whoever shows the ledger drains it first.
 */
export function closeSoon(use: SettledUse): void {
  closing().add(use);
}

/** Resolves when everything that was settled here before is closed, or left to the sweep. */
export function closeNow(): Promise<void> {
  return closing().flush();
}

/** Step 6 for many uses at once. Never rejects: what could not be written is left to the sweep. Safe to repeat. */
export async function closeUses(uses: SettledUse[]): Promise<void> {
  const operations = uses.map(({ operation }) => operation);
  const entries = new Map(uses.flatMap(({ outbox }) => outbox).map((entry) => [entry._id, entry]));
  try {
    // What a use makes is dated between its beginning and its hold.
    await reopenHours(operations.flatMap(({ createdAt, holdBy }) => [createdAt, holdBy]));
    await Promise.all([Operation.markSettled(operations.map(({ _id }) => _id)), moveToLedger([...entries.values()])]);
  } catch (error) {
    logger.warn({ err: error, operations: operations.length }, "settled uses left to the sweep");
  }
}
