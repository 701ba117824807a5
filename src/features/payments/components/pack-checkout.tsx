"use client";

import { type ReactNode, useState } from "react";
import { credits } from "@/components/lib/format";
import { formatMoney } from "@/shared/money";
import type { Shop } from "@/shared/payments";
import type { Checkout } from "../hooks/use-checkout";
import { isBusy, isSettled } from "../model/checkout";
import { packFor } from "../model/pack-price";
import { CheckoutNotice } from "./checkout-notice";
import { PackChooser } from "./pack-chooser";
import { PayPalButton } from "./paypal-button";

interface PackCheckoutProps {
  shop: Shop;
  checkout: Checkout;
  /** How many credits it takes for what the buyer has in mind. */
  missing: number;
  /** Where to go once there is nothing left to pay. */
  onwards: ReactNode;
}

/** Choosing a pack and paying for it. */
export function PackCheckout({ shop, checkout, missing, onwards }: PackCheckoutProps) {
  const { phase, createOrder, capture, cancel, stumble, leaveForPayPal } = checkout;
  const [chosen, setChosen] = useState(() => packFor(shop.packs, missing)?.id);
  const pack = shop.packs.find(({ id }) => id === chosen) ?? shop.packs[0];
  if (!pack) return <p className="border-t py-4 text-ink-soft">No pack is on sale just now.</p>;

  return (
    <div className="grid gap-5">
      {/* Kept while hidden: PayPal is still writing its last line when the payment is settled. */}
      <div className={isSettled(phase) ? "hidden" : "grid gap-5"}>
        <PackChooser packs={shop.packs} value={pack.id} onChange={setChosen} disabled={isBusy(phase)} />
        {shop.sandbox && (
          <p className="text-ink-soft text-sm">
            <span className="font-medium text-ink">Sandbox:</span> no real money moves.
          </p>
        )}
      </div>
      <CheckoutNotice checkout={checkout} onwards={onwards} />
      <div className={isSettled(phase) ? "hidden" : undefined}>
        <PayPalButton
          shop={shop}
          kind="pack"
          label={`Pay ${formatMoney(pack.price)} for ${credits(pack.credits)}`}
          disabled={phase.at === "confirming"}
          create={() => createOrder(pack.id)}
          onApprove={({ orderID }, { restart }) => capture(orderID, restart)}
          onCancel={cancel}
          onError={stumble}
          onLeave={() => void leaveForPayPal(pack.id)}
        />
      </div>
    </div>
  );
}
