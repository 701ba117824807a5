"use client";

import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { type RouterOutputs, trpc } from "@/trpc/react";
import { MaintenanceBanner } from "./maintenance-banner";

const REFRESH_MS = 60_000;

interface StudioBannerProps {
  initial: RouterOutputs["status"]["notice"];
  initiallyClosed: string | undefined;
}

/** The operator's message above the studio's pages. */
export function StudioBanner({ initial, initiallyClosed }: StudioBannerProps) {
  const query = trpc.status.notice.useQuery(undefined, { initialData: initial, refetchInterval: REFRESH_MS });
  return <MaintenanceBanner notice={useAfterHydration(initial, query.data)} initiallyClosed={initiallyClosed} />;
}
