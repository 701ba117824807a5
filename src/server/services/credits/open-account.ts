import { Account } from "@models";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import { logger } from "@/server/lib/logger";
import { noteEvent } from "@/server/services/observability/note-event";
import { drainOutbox } from "./drain-outbox";
import { currentPrices } from "./quote";

/** What the welcome is given for, as its entry in the ledger says. */
export const SIGN_UP_BONUS = "sign-up-bonus";

/**
 * Makes a user's account with the sign-up bonus. Safe to repeat: called at registration and again at each sign-in, so
 * that a crash in between loses nobody's bonus.
 */
export async function openAccount(userId: string, requestId: string): Promise<void> {
  const amount = currentPrices().signUpBonus;
  const key = SIGN_UP_BONUS;
  const entry = {
    _id: `${key}:${userId}:GRANT`,
    userId,
    type: "GRANT" as const,
    deltaAvailable: amount,
    deltaHeld: 0,
    deltaOwed: 0,
    reason: "Welcome to Inkwell",
    ref: key,
    requestId,
    at: new Date(),
  };
  try {
    const opened = await Account.openAccount({ userId, key, amount, entry });
    if (opened) noteEvent(logger.child({ requestId, userId }), { event: "credits", type: "GRANT", amount });
  } catch (error) {
    // Two upserts at once: the other one made it.
    if (!isDuplicateKey(error)) throw error;
  }
  await drainOutbox(userId);
}
