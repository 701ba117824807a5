import type { ChatTier } from "./chat";

/** Prices in credits. The server's word alone decides; the client shows them. */
export interface Prices {
  chat: Record<ChatTier, number>;
  image: number;
  signUpBonus: number;
}

export const DEFAULT_PRICES: Prices = { chat: { fast: 1, smart: 3 }, image: 1, signUpBonus: 10 };
