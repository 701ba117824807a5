import { z } from "zod";
import { chatTier } from "./chat";
import { cursorInput } from "./common";

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
export const historyInput = cursorInput;
export const ledgerPage = z.object({ items: z.array(ledgerEntry), nextCursor: z.string().optional() });
