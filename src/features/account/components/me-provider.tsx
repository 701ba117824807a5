"use client";

import type { ReactNode } from "react";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { MeContext } from "@/components/me";
import type { Me } from "@/shared/account";
import { trpc } from "@/trpc/react";

const REFRESH_MS = 60_000;

/** Keeps every page below it knowing who is signed in, and what holds for them. */
export function MeProvider({ initial, children }: { initial: Me; children: ReactNode }) {
  const { data } = trpc.account.me.useQuery(undefined, { initialData: initial, refetchInterval: REFRESH_MS });
  return <MeContext value={useAfterHydration(initial, data)}>{children}</MeContext>;
}
