import { currentSettings } from "@/server/services/settings/current-settings";
import type { ChatTier } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import type { Prices } from "@/shared/prices";
import type { Settings } from "@/shared/settings";
import { getBalance } from "./get-balance";

/** The prices in force, in credits. */
export const currentPrices = (): Prices => pricesOf(currentSettings());

/** The prices of these settings. */
export function pricesOf({ prices, signUpBonus }: Settings): Prices {
  return { chat: { fast: prices.chatFast, smart: prices.chatSmart }, image: prices.image, signUpBonus };
}

export type Quotable = { kind: "chat"; model: ChatTier } | { kind: "image"; count: number };

/** What a thing costs at most, in credits. */
export function quoteCost(item: Quotable): number {
  const prices = currentPrices();
  return item.kind === "chat" ? prices.chat[item.model] : prices.image * item.count;
}

/**
 * The price, when it is the one the client was shown.
 * @throws AppError CONFLICT with the new price when it changed since.
 */
export function agreedCost(item: Quotable, expected: number | undefined): number {
  const cost = quoteCost(item);
  if (expected !== undefined && expected !== cost) {
    throw new AppError(
      "CONFLICT",
      `The price is now ${cost} ${cost === 1 ? "credit" : "credits"}. Send again to agree.`,
    );
  }
  return cost;
}

/** The price, and whether the user could pay it now. */
export async function quoteFor(userId: string, item: Quotable): Promise<{ cost: number; affordable: boolean }> {
  const cost = quoteCost(item);
  const { available } = await getBalance(userId);
  return { cost, affordable: available >= cost };
}
