"use client";

import { useStored } from "@/components/lib/use-stored";
import { type ChatTier, isChatTier } from "@/shared/chat-limits";

/** The tier chosen last in this browser, if the account may use it. */
export function useTier(smartAllowed: boolean) {
  const [stored, store] = useStored("local", "inkwell:tier");
  const wanted = isChatTier(stored) ? stored : "fast";
  const tier: ChatTier = wanted === "smart" && !smartAllowed ? "fast" : wanted;
  return [tier, store] as const;
}
