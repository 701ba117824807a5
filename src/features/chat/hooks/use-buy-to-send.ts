"use client";

import { useCallback, useEffect, useRef } from "react";
import { useBuyCredits } from "@/components/buy-credits";
import type { ChatTier } from "@/shared/chat";
import type { Refusal } from "../model/chat-threads";

interface BuyToSendOptions {
  conversationId: string | undefined;
  costOf: (tier: ChatTier) => number | undefined;
  refused: Refusal | undefined;
  /** Says what is written by then, if anything is. */
  sayDraft: () => void;
  repeat: (refusal: Refusal) => void;
}

/** Buying the credits a message lacks, and then sending it. */
export function useBuyToSend({ conversationId, costOf, refused, sayDraft, repeat }: BuyToSendOptions) {
  const { sold, open } = useBuyCredits();
  const returnTo = conversationId ? `/chat/${conversationId}` : "/chat";
  const latest = useRef({ sayDraft, repeat });
  latest.current = { sayDraft, repeat };

  const buyToSay = useCallback(
    (tier: ChatTier, text: string) =>
      open({
        cost: costOf(tier) ?? 1,
        outcome: text.trim() === "" ? "You can write on" : "Your message is sent",
        returnTo,
        onBought: () => latest.current.sayDraft(),
      }),
    [open, costOf, returnTo],
  );
  const buyToRepeat = useCallback(
    (refusal: Refusal) =>
      open({
        cost: costOf(refusal.question.tier) ?? 1,
        outcome: "Your message is sent",
        returnTo,
        onBought: () => latest.current.repeat(refusal),
      }),
    [open, costOf, returnTo],
  );

  // What is refused for want of credits asks for them by itself, once; an old refusal, found on coming back, does not.
  const seen = useRef(refused);
  useEffect(() => {
    if (refused === seen.current) return;
    seen.current = refused;
    if (sold && refused?.failure.code === "INSUFFICIENT_CREDITS") buyToRepeat(refused);
  }, [refused, sold, buyToRepeat]);

  return { sold, buyToSay, buyToRepeat };
}
