"use client";

import Link from "next/link";
import { useBuyCredits } from "@/components/buy-credits";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { Button } from "@/components/ui/button";
import type { Balance } from "@/shared/common";
import { trpc } from "@/trpc/react";
import { Holds } from "./holds";

/** The balance, large. Kept current by the badge in the header, which follows the same value. */
export function BalancePanel({ initial }: { initial: Balance }) {
  const query = trpc.credits.balance.useQuery(undefined, { initialData: initial });
  const data = useAfterHydration(initial, query.data);
  const { sold } = useBuyCredits();

  return (
    <div>
      <p className="flex items-baseline gap-3">
        <span key={data.available} className="display animate-tick text-7xl">
          {data.available.toLocaleString("en")}
        </span>
        <span className="text-ink-soft">{data.available === 1 ? "credit" : "credits"} to spend</span>
      </p>
      <Holds available={data.available} held={data.held} />
      {data.owed > 0 && (
        <p className="mt-1 text-ink-soft">
          {data.owed.toLocaleString("en")} will be repaid out of your next credits: a purchase already spent was
          refunded.
        </p>
      )}
      {sold !== false && (
        <Button asChild variant="outline" className="mt-5">
          <Link href="/buy-credits">Buy credits</Link>
        </Button>
      )}
    </div>
  );
}
