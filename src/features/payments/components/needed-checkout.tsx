"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { Need } from "@/components/buy-credits";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { credits } from "@/components/lib/format";
import { notify } from "@/components/lib/notify";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { Balance } from "@/shared/common";
import type { Shop } from "@/shared/payments";
import { trpc } from "@/trpc/react";
import { useCheckout } from "../hooks/use-checkout";
import { usePlace } from "../hooks/use-place";
import { PackCheckout } from "./pack-checkout";

export interface NeededCheckoutProps {
  need: Need;
  onClose: () => void;
}

/** The inside of the dialog: the shop, as soon as it is known. */
export function NeededCheckout({ need, onClose }: NeededCheckoutProps) {
  const shop = trpc.payments.packs.useQuery();
  const balance = trpc.credits.balance.useQuery();

  if (shop.isError) return <FailureNotice failure={toFailure(shop.error)} onRetry={() => shop.refetch()} />;
  if (balance.isError) return <FailureNotice failure={toFailure(balance.error)} onRetry={() => balance.refetch()} />;
  if (shop.isPending || balance.isPending) {
    return (
      <p role="status" className="flex items-center gap-3 text-ink-soft">
        <Spinner /> Opening the shop…
      </p>
    );
  }
  if (!shop.data) {
    return (
      <Notice title="Nothing is sold here">
        This server does not sell credits. Ask whoever runs it for more; what you wrote is kept.
      </Notice>
    );
  }
  return <CheckoutFor need={need} shop={shop.data} balance={balance.data} onClose={onClose} />;
}

function CheckoutFor({ need, shop, balance, onClose }: NeededCheckoutProps & { shop: Shop; balance: Balance }) {
  const router = useRouter();
  const checkout = useCheckout();
  const [, setPlace] = usePlace();
  const { phase } = checkout;
  const missing = need.cost - balance.available + balance.owed;

  // Should paying lead away from here, this is where the reader's words are.
  useEffect(() => setPlace(need.returnTo), [setPlace, need.returnTo]);

  const done = useRef(false);
  const bought = phase.at === "credited" && balance.available >= need.cost ? phase : undefined;
  useEffect(() => {
    if (!bought || done.current) return;
    done.current = true;
    const receipt = `/dashboard/purchases/${bought.purchaseId}`;
    notify(`${credits(bought.credits)} bought.`, { label: "Receipt", onClick: () => router.push(receipt) });
    onClose();
    need.onBought();
  }, [bought, need, onClose, router]);

  return (
    <div className="grid gap-4">
      <PackCheckout
        shop={shop}
        checkout={checkout}
        missing={missing}
        onwards={
          <Button variant="outline" size="sm" onClick={onClose}>
            Back to what you wrote
          </Button>
        }
      />
      {phase.at === "credited" && !bought && (
        <p className="text-ink-soft">That is not enough yet: it takes {credits(missing)} more.</p>
      )}
      <p className="text-ink-soft text-sm">
        More about it, and a subscription, on{" "}
        <Link href="/buy-credits" className="underline underline-offset-4 hover:text-ink">
          the shop's own page
        </Link>
        .
      </p>
    </div>
  );
}
