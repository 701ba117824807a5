"use client";

import { useAfterHydration } from "@/components/lib/use-after-hydration";
import type { Balance } from "@/shared/common";
import { trpc } from "@/trpc/react";

/** The balance, large. Kept current by the badge in the header, which follows the same value. */
export function BalancePanel({ initial }: { initial: Balance }) {
  const query = trpc.credits.balance.useQuery(undefined, { initialData: initial });
  const data = useAfterHydration(initial, query.data);

  return (
    <div>
      <p className="flex items-baseline gap-3">
        <span key={data.available} className="display animate-tick text-7xl">
          {data.available.toLocaleString("en")}
        </span>
        <span className="text-ink-soft">{data.available === 1 ? "credit" : "credits"} to spend</span>
      </p>
      <p className="mt-2 text-ink-soft">
        {data.held > 0
          ? `${data.held.toLocaleString("en")} more set aside for answers and images under way.`
          : "Nothing is set aside just now."}
        {data.owed > 0 && ` ${data.owed.toLocaleString("en")} will be repaid out of your next credits.`}
      </p>
    </div>
  );
}
