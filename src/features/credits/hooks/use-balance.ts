"use client";

import { useAfterHydration } from "@/components/lib/use-after-hydration";
import type { Balance } from "@/shared/common";
import { trpc } from "@/trpc/react";

/** The balance, followed as it moves: by this tab, by another, by the operator. */
export function useBalance(initial: Balance): Balance {
  const utils = trpc.useUtils();
  const { data } = trpc.credits.balance.useQuery(undefined, { initialData: initial });
  trpc.credits.watch.useSubscription(undefined, {
    onData: (balance) => utils.credits.balance.setData(undefined, balance),
  });
  return useAfterHydration(initial, data);
}
