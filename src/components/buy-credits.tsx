"use client";

import { createContext, useContext } from "react";
import { useAfterHydration } from "./lib/use-after-hydration";

/** What the reader was about to do when the credits ran out. */
export interface Need {
  cost: number;
  /** What comes of it once the credits are there: "Your message is sent". */
  outcome: string;
  /** Where the reader finds what they wrote again, should the payment lead over PayPal's own site. */
  returnTo: string;
  /** Called once, as soon as what was bought is enough. Not called when the reader leaves it. */
  onBought: () => void;
}

/** Buying credits without leaving the page. */
export interface BuyCredits {
  /** Whether this server sells credits; undefined until it has said so. */
  sold: boolean | undefined;
  /** Opens the shop in front of the page. */
  open: (need: Need) => void;
}

/** Filled by the layout with the payments feature, so that every feature can offer credits without knowing it. */
export const BuyCreditsContext = createContext<BuyCredits>({ sold: undefined, open: () => undefined });

export function useBuyCredits(): BuyCredits {
  const { sold, open } = useContext(BuyCreditsContext);
  return { sold: useAfterHydration(undefined, sold), open };
}
