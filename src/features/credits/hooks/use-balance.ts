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
  useEffect(() => {
    let watch: { unsubscribe: () => void };
    let timer: ReturnType<typeof setTimeout>;
    // A server that stops ends the watch, and one that is starting refuses it: neither is asked again by itself.
    const again = () => {
      timer = setTimeout(begin, WATCH_AGAIN_MS);
    };
    const begin = () => {
      watch = utils.client.credits.watch.subscribe(undefined, {
        onData: (balance) => utils.credits.balance.setData(undefined, balance),
        onError: again,
        onComplete: again,
      });
    };
    begin();
    return () => {
      clearTimeout(timer);
      watch.unsubscribe();
    };
  }, [utils]);
  return useAfterHydration(initial, data);
}
