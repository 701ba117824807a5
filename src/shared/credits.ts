import { z } from "zod";
import { chatTier } from "./chat";
import { cursorInput, idempotencyKey, itemId } from "./common";

export const quoteInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("chat"), model: chatTier }),
  z.strictObject({ kind: z.literal("image"), count: z.int().min(1).max(4) }),
]);
export const quote = z.object({ cost: z.int(), affordable: z.boolean() });

export const LEDGER_TYPES = ["HOLD", "CAPTURE", "RELEASE", "GRANT", "REFUND", "ADJUST"] as const;
export const ledgerEntry = z.object({
  id: z.string(),
  type: z.enum(LEDGER_TYPES),
  deltaAvailable: z.int(),
  deltaHeld: z.int(),
  deltaOwed: z.int(),
  /** Why, in plain words. */
  reason: z.string(),
  requestId: z.string(),
  at: z.date(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;
/** `type`: only movements of one kind. */
export const historyInput = cursorInput.extend({ type: z.enum(LEDGER_TYPES).optional() });
export const ledgerPage = z.object({ items: z.array(ledgerEntry), nextCursor: z.string().optional() });

/** What one running operation has set aside. */
export const hold = z.object({
  kind: z.enum(["chat", "image"]),
  amount: z.int(),
  /** The conversation or generation it is for. */
  targetId: z.string(),
  since: z.date(),
  requestId: z.string(),
});
export type Hold = z.infer<typeof hold>;
export const holds = z.array(hold);

/** An operator's correction: credits given or, below zero, taken. */
export const adjustCreditsInput = z.strictObject({
  userId: itemId,
  amount: z
    .int("Write a whole number of credits.")
    .min(-1_000_000)
    .max(1_000_000)
    .refine((amount) => amount !== 0, "Write how many credits to give, or a negative number to take."),
  reason: z.string().trim().min(3, "Say why; the user reads it.").max(200),
  idempotencyKey,
});

/** One way in which the books are wrong. */
export const bookProblem = z.object({
  /** Whose or what's books: `subject` is its id. */
  kind: z.enum(["user", "purchase"]),
  subject: z.string(),
  /** Which promise is broken, and by how much. */
  problem: z.string(),
});
export type BookProblem = z.infer<typeof bookProblem>;
export const reconciliation = z.object({
  accounts: z.int(),
  entries: z.int(),
  purchases: z.int(),
  /** Captures compared with PayPal; null when it could not be asked. */
  capturesCompared: z.int().nullable(),
  problems: z.array(bookProblem),
  ms: z.int(),
});
export type Reconciliation = z.infer<typeof reconciliation>;
