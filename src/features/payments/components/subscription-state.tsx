"use client";

import { longDay } from "@/components/lib/format";
import { useNow } from "@/components/lib/use-now";
import type { Subscription } from "@/shared/payments";
import { subscriptionInWords } from "../model/subscription-words";

/** Where a subscription stands. Its dates are the reader's, so they come when the page is theirs. */
export function SubscriptionState({ subscription }: { subscription: Subscription }) {
  const now = useNow();
  return <p className="min-h-6">{now && subscriptionInWords(subscription, now, longDay)}</p>;
}
