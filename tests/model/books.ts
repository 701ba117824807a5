import {
  Account,
  type AccountDoc,
  LedgerEntry,
  type LedgerEntryDoc,
  Message,
  type MessageDoc,
  Operation,
  type OperationDoc,
  Purchase,
  type PurchaseDoc,
} from "@models";

/** All that is written down about a few people's credits. */
export interface Books {
  accounts: AccountDoc[];
  /** The ledger as it will be: what is in it, and what waits to be. */
  entries: LedgerEntryDoc[];
  inLedger: number;
  operations: Map<string, OperationDoc>;
  /** Answers, by the operation that pays for them. */
  answers: Map<string, MessageDoc>;
  purchases: PurchaseDoc[];
}

/** Reads the books. To be called while no worker takes a step: then what is read belongs together. */
export async function readBooks(userIds: string[]): Promise<Books> {
  const theirs = { userId: { $in: userIds } };
  const [accounts, ledger, operations, messages, purchases] = await Promise.all([
    Account.find({ _id: { $in: userIds } }).lean(),
    LedgerEntry.find(theirs).lean(),
    Operation.find(theirs).lean(),
    Message.find({ ...theirs, role: "assistant" }).lean(),
    Purchase.find(theirs).lean(),
  ]);
  const entries = new Map<string, LedgerEntryDoc>(ledger.map((entry) => [entry._id, entry]));
  for (const entry of accounts.flatMap(({ outbox }) => outbox)) entries.set(entry._id, entry);
  return {
    accounts,
    entries: [...entries.values()],
    inLedger: ledger.length,
    operations: new Map(operations.map((operation) => [operation._id, operation])),
    answers: new Map(messages.map((message) => [message.operationId ?? "", message])),
    purchases,
  };
}

/** True for an answer its user was shown as final. */
export function isDelivered(answer: MessageDoc | undefined): answer is MessageDoc {
  return answer?.status === "complete" || answer?.status === "stopped";
}
