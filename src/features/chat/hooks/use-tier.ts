"use client";

import { useStored } from "@/components/lib/use-stored";
import { type ChatTier, chatTier } from "@/shared/chat";

/** The tier chosen last in this browser, if the account may use it. */
export function useTier(smartAllowed: boolean) {
  const [stored, store] = useStored("local", "inkwell:tier");
  const wanted = chatTier.safeParse(stored).data ?? "fast";
  const tier: ChatTier = wanted === "smart" && !smartAllowed ? "fast" : wanted;
  return [tier, store] as const;
}
