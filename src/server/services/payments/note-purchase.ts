import type { PurchaseDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { noteEvent } from "@/server/services/observability/note-event";

/** Tells which state a purchase came to. */
export function notePurchase(log: Logger, { _id: purchase, state, amount, currency }: PurchaseDoc): void {
  noteEvent(log, { event: "purchase", purchase, state, amount, currency });
}
