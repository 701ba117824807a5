"use client";

import { useState } from "react";
import { credits } from "@/components/lib/format";
import { useReach } from "@/components/lib/use-reach";
import { formatMoney } from "@/shared/money";
import type { Shop } from "@/shared/payments";

async function fetchShop() {
  const { visitor } = await import("@/trpc/client");
  return visitor.payments.packs.query();
}

/** What credits cost in money. Asked when the reader comes near: the front page waits for nobody's shop. */
export function PackPrices() {
  const [shop, setShop] = useState<Shop>();
  const [asked, setAsked] = useState(false);
  const place = useReach(() => {
    setAsked(true);
    fetchShop().then(
      (found) => setShop(found ?? undefined),
      // The page says what things cost in credits; where they can be bought, the studio says so too.
      () => undefined,
    );
  }, !asked);
  if (!shop) return <div ref={place} />;

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
