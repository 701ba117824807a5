"use client";

import { useEffect } from "react";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import type { Balance } from "@/shared/common";
import { trpc } from "@/trpc/react";

const WATCH_AGAIN_MS = 3_000;

/** The balance, followed as it moves: by this tab, by another, by the operator. */
export function useBalance(initial: Balance): Balance {
  const utils = trpc.useUtils();
  const { data } = trpc.credits.balance.useQuery(undefined, { initialData: initial });
  const { status, reset } = trpc.credits.watch.useSubscription(undefined, {
    onData: (balance) => utils.credits.balance.setData(undefined, balance),
  });
  // A server that stops ends the watch, and one that is starting refuses it: neither is asked again by itself.
  const ended = status === "idle" || status === "error";
  useEffect(() => {
    if (!ended) return;
    const timer = setTimeout(reset, WATCH_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [ended, reset]);
  return useAfterHydration(initial, data);
}
