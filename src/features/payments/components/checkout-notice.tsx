"use client";

import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { Checkout } from "../hooks/use-checkout";
import { isSettled } from "../model/checkout";

interface CheckoutNoticeProps {
  checkout: Checkout;
  /** Where to go from here, once there is nothing left to pay. */
  onwards: ReactNode;
}

/** How buying stands, said plainly, and what to do about it. */
export function CheckoutNotice({ checkout, onwards }: CheckoutNoticeProps) {
  const { phase, choose } = checkout;
  const settled = isSettled(phase);
  const outcome = useRef<HTMLDivElement>(null);
  // The chooser has gone, and the focus with it.
  useEffect(() => {
    if (settled) outcome.current?.focus();
  }, [settled]);

  return (
    <div ref={outcome} tabIndex={-1} className="outline-none empty:hidden">
      <Words checkout={checkout} onwards={onwards} choose={choose} />
    </div>
  );
}

function Words({ checkout: { phase }, onwards, choose }: CheckoutNoticeProps & { choose: () => void }) {
  switch (phase.at) {
    case "choosing":
      return null;
    case "paypal":
      return (
        <Notice
          role="status"
          title="Waiting for PayPal"
          actions={
            <Button variant="quiet" size="sm" onClick={choose}>
              I closed PayPal: choose again
            </Button>
          }
        >
          Finish in PayPal's window. Nothing is charged before you agree there.
        </Notice>
      );
    case "confirming":
      return (
        <p role="status" className="flex items-center gap-3 py-2">
          <Spinner /> Confirming with PayPal…
        </p>
      );
    case "credited":
      return (
        <Notice
          role="status"
          title={`Thank you: ${credits(phase.credits)} arrived`}
          actions={
            <>
              {onwards}
              <ReceiptLink purchaseId={phase.purchaseId} />
              <BuyMore choose={choose} />
            </>
          }
        />
      );
    case "pending":
      return (
        <Notice
          role="status"
          title="PayPal is still checking"
          actions={
            <>
              {onwards}
              <ReceiptLink purchaseId={phase.purchaseId} />
            </>
          }
        >
          The credits arrive on their own as soon as the payment is through. There is nothing more to do.
        </Notice>
      );
    case "past":
      return (
        <Notice
          role="status"
          title="This payment was dealt with already"
          actions={
            <>
              <ReceiptLink purchaseId={phase.purchaseId} />
              <BuyMore choose={choose} />
            </>
          }
        >
          What became of it stands on its receipt.
        </Notice>
      );
    case "cancelled":
      return (
        <Notice role="status" title="Nothing was charged">
          You left PayPal before paying. Choose again whenever you like.
        </Notice>
      );
    case "declined":
      return (
        <FailureNotice
          failure={phase.failure}
          onRetry={phase.again}
          retryLabel="Choose another way to pay at PayPal"
          actions={
            <Button variant="quiet" size="sm" onClick={choose}>
              Choose a pack again
            </Button>
          }
        />
      );
    case "failed":
      return (
        <FailureNotice
          failure={phase.failure}
          onRetry={phase.retry}
          // Our server says it itself, when it can be reached.
          consequence={
            phase.paying && phase.failure.code === "NETWORK"
              ? "If you were charged, the credits arrive on their own; trying again never charges twice."
              : undefined
          }
        />
      );
  }
}

const ReceiptLink = ({ purchaseId }: { purchaseId: string }) => (
  <Button asChild variant="outline" size="sm">
    <Link href={`/dashboard/purchases/${purchaseId}`}>Receipt</Link>
  </Button>
);

const BuyMore = ({ choose }: { choose: () => void }) => (
  <Button variant="quiet" size="sm" onClick={choose}>
    Buy more
  </Button>
);
