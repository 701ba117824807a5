import type { AccountDoc, LedgerEntryDoc } from "../../prisma-free-models";
import type { BooksReader } from "./books-reader";

/** What must be true of an account at every moment, whatever is under way. */
export function wrongAccount({ _id, available, held, owed, holds }: AccountDoc): string[] {
  const sum = holds.reduce((total, { amount }) => total + amount, 0);
  const problems: string[] = [];
  for (const [name, value] of Object.entries({ available, held, owed })) {
    if (value < 0) problems.push(`account ${_id}: ${name} is ${value}`);
  }
  if (held !== sum) problems.push(`account ${_id}: held is ${held}, its holds are ${sum}`);
  return problems;
}

/** What must be true of an account and its ledger at every moment. Nothing when it moved while it was read. */
export async function wrongSums(reader: BooksReader, userId: string): Promise<string[]> {
  const [before] = await reader.accounts([userId]);
  const ledger = await reader.ledger(userId);
  const [after] = await reader.accounts([userId]);
  if (!before || before.rev !== after?.rev) return [];
  // An entry that is just being moved is in both.
  const entries = [...new Map([...before.outbox, ...ledger].map((entry) => [entry._id, entry])).values()];
  const sum = (field: "deltaAvailable" | "deltaHeld" | "deltaOwed") =>
    entries.reduce((total, entry: LedgerEntryDoc) => total + entry[field], 0);
  const counts: [name: string, is: number, ought: number][] = [
    ["available", before.available, sum("deltaAvailable")],
    ["held", before.held, sum("deltaHeld")],
    ["owed", before.owed, sum("deltaOwed")],
    ["rev", before.rev, entries.length],
  ];
  return counts
    .filter(([, is, ought]) => is !== ought)
    .map(([name, is, ought]) => `account ${userId}: ${name} is ${is}, its entries say ${ought}`);
}
