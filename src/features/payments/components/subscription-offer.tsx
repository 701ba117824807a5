"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { FailureNotice } from "@/components/failure-notice";
import { credits } from "@/components/lib/format";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { formatMoney } from "@/shared/money";
import type { Plan, Shop, Subscription } from "@/shared/payments";
import type { SubscribePhase, useSubscribe } from "../hooks/use-subscribe";
import { benefitsOf, isRunning } from "../model/subscription-words";
import { PayPalButton } from "./paypal-button";
import { SubscriptionState } from "./subscription-state";

interface SubscriptionOfferProps {
  shop: Shop;
  plan: Plan;
  subscription: Subscription | null;
  subscribing: ReturnType<typeof useSubscribe>;
}

/** The subscription: what it brings, what it costs, and the way in; or, once begun, how it stands. */
export function SubscriptionOffer({ shop, plan, subscription, subscribing }: SubscriptionOfferProps) {
  const { phase, create, leaveForPayPal, confirm, cancel, stumble, offer } = subscribing;

  return (
    <div className="grid gap-5">
      <div>
        <p className="flex items-baseline gap-2">
          <span className="display text-4xl">{formatMoney(plan.price)}</span>
          <span className="text-ink-soft">a {plan.period}</span>
        </p>
        <ul className="mt-4 grid gap-2">
          {[`${credits(plan.credits)} every ${plan.period}; what is left is kept`, ...benefitsOf(plan)].map((line) => (
            <li key={line} className="flex gap-3">
              <Check aria-hidden className="mt-1 size-4 shrink-0 text-ink-soft" /> {line}
            </li>
          ))}
        </ul>
      </div>
      {subscription && (
        <div className="border-t pt-4">
          <SubscriptionState subscription={subscription} />
          <Link
            href="/settings#subscription"
            className="target text-ink-soft underline decoration-line-strong underline-offset-4 hover:text-ink"
          >
            See it in your settings
          </Link>
        </div>
      )}
      <SubscribeNotice phase={phase} onOffer={offer} />
      {!(subscription && isRunning(subscription)) && phase.at !== "pending" && (
        <PayPalButton
          shop={shop}
          kind="subscription"
          label={`Subscribe for ${formatMoney(plan.price)} a ${plan.period}`}
          disabled={phase.at === "confirming"}
          create={create}
          onApprove={async ({ subscriptionID }) => {
            if (subscriptionID) await confirm(subscriptionID);
          }}
          onCancel={cancel}
          onError={stumble}
          onLeave={() => void leaveForPayPal()}
        />
      )}
    </div>
  );
}

/** How subscribing stands. */
function SubscribeNotice({ phase, onOffer }: { phase: SubscribePhase; onOffer: () => void }) {
  switch (phase.at) {
    case "offered":
      return null;
    case "paypal":
      return (
        <Notice
          role="status"
          title="Waiting for PayPal"
          actions={
            <Button variant="quiet" size="sm" onClick={onOffer}>
              I closed PayPal
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
    case "pending":
      return (
        <Notice role="status" title="PayPal is still setting it up">
          It begins on its own as soon as PayPal is done. There is nothing more to do.
        </Notice>
      );
    case "cancelled":
      return (
        <Notice role="status" title="Nothing was charged">
          You left PayPal before subscribing.
        </Notice>
      );
    case "failed":
      return <FailureNotice failure={phase.failure} onRetry={phase.retry} />;
  }
}
