"use client";

import { credits } from "@/components/lib/format";
import { formatMoney } from "@/shared/money";
import { trpc } from "@/trpc/react";

/** What credits cost in money. Asked after the page is drawn: the front page waits for nobody's shop. */
export function PackPrices() {
  const { data: shop } = trpc.payments.packs.useQuery();
  if (!shop) return null;

  return (
    <div className="mt-8 animate-rise">
      <h3 className="font-medium">More credits</h3>
      <ul className="mt-2 text-ink-soft">
        {shop.packs.map((pack) => (
          <li key={pack.id}>
            {credits(pack.credits)} for {formatMoney(pack.price)}
          </li>
        ))}
        {shop.plan && (
          <li>
            {credits(shop.plan.credits)} every {shop.plan.period} for {formatMoney(shop.plan.price)}, by subscription
          </li>
        )}
      </ul>
      {shop.sandbox && <p className="mt-2 text-ink-soft text-sm">Sandbox: no real money moves.</p>}
    </div>
  );
}
