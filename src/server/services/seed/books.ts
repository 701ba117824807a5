import type { AccountDoc, LedgerEntryDoc, OperationDoc } from "@models";
import { holdReason, settleReason } from "@/server/services/credits/ledger-text";
import { SIGN_UP_BONUS } from "@/server/services/credits/open-account";
import type { Balance } from "@/shared/common";
import { after, SECOND_MS } from "./past";

interface Change {
  key: string;
  /** What its entry is called, when other accounts have the same key. */
  entryId?: string;
  type: "GRANT" | "REFUND" | "ADJUST";
  /** Given or, below zero, taken. */
  credits: number;
  reason: string;
  ref: string;
  requestId: string;
  at: Date;
}

/** Books that begin with the welcome, as services/credits/open-account has them. */
export function openBooks(userId: string, credits: number, requestId: string, at: Date): Books {
  const books = new Books(userId);
  const [key, type] = [SIGN_UP_BONUS, "GRANT"] as const;
  const entryId = `${key}:${userId}:${type}`;
  books.change({ key, entryId, type, credits, reason: "Welcome to Inkwell", ref: key, requestId, at });
  return books;
}

/** Somebody's account and ledger, kept by the rules of services/credits while their past is made up. */
export class Books {
  available = 0;
  private owed = 0;
  private readonly applied: string[] = [];
  readonly entries: LedgerEntryDoc[] = [];

  constructor(private readonly userId: string) {}

  /** Credits from outside: debts are repaid first, and what is not there to be taken is owed. */
  change({ key, type, credits, entryId = `${key}:${type}`, ...rest }: Change): void {
    const deltaAvailable = credits >= 0 ? credits - Math.min(this.owed, credits) : Math.max(credits, -this.available);
    const deltaOwed = deltaAvailable - credits;
    this.applied.push(key);
    this.write({ _id: entryId, type, deltaAvailable, deltaHeld: 0, deltaOwed, ...rest });
  }

  /** A use that held its price when it began and was settled as it was decided. */
  use(operation: OperationDoc, settledAt: Date): void {
    const { op, amount, _id: ref, requestId, createdAt } = operation;
    const cost = operation.cost ?? 0;
    const type = cost > 0 ? "CAPTURE" : "RELEASE";
    const common = { deltaOwed: 0, ref, requestId };
    this.write({
      ...common,
      _id: `${op}:HOLD`,
      type: "HOLD",
      deltaAvailable: -amount,
      deltaHeld: amount,
      reason: holdReason(operation),
      at: after(createdAt, SECOND_MS / 100),
    });
    this.write({
      ...common,
      _id: `${op}:${type}`,
      type,
      deltaAvailable: amount - cost,
      deltaHeld: -amount,
      reason: settleReason(operation, cost),
      at: settledAt,
    });
  }

  balance(): Balance {
    return { available: this.available, held: 0, owed: this.owed };
  }

  account(): AccountDoc {
    return {
      _id: this.userId,
      ...this.balance(),
      rev: this.entries.length,
      holds: [],
      closed: [],
      applied: this.applied,
      outbox: [],
    };
  }

  private write(entry: Omit<LedgerEntryDoc, "userId">): void {
    this.available += entry.deltaAvailable;
    this.owed += entry.deltaOwed;
    this.entries.push({ userId: this.userId, ...entry });
  }
}
