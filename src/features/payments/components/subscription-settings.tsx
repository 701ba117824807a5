"use client";

import Link from "next/link";
import { useState } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { credits, longDay } from "@/components/lib/format";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { formatMoney } from "@/shared/money";
import type { Subscription } from "@/shared/payments";
import { trpc } from "@/trpc/react";
import { toPayPalFailure } from "../model/paypal-failure";
import { isOver, isRunning } from "../model/subscription-words";
import { SubscriptionState } from "./subscription-state";

/** The subscription as its owner manages it. */
export function SubscriptionSettings({ initial }: { initial: Subscription | null }) {
  const query = trpc.payments.subscription.useQuery(undefined, { initialData: initial });
  const subscription = useAfterHydration(initial, query.data);
  const shop = trpc.payments.packs.useQuery();
  /** Undefined until the server has said what it sells. */
  const offered = useAfterHydration(undefined, shop.data === undefined ? undefined : Boolean(shop.data?.plan));
  const canSubscribe = offered && (!subscription || isOver(subscription));

  return (
    <div className="grid gap-4">
      {subscription ? (
        <div>
          <SubscriptionState subscription={subscription} />
          <p className="mt-1 text-ink-soft">
            {credits(subscription.credits)} for {formatMoney(subscription.price)} a {subscription.period}.
          </p>
        </div>
      ) : (
        <p>{offered === false ? "No subscription is on offer here." : "You have no subscription."}</p>
      )}
      <div className="flex flex-wrap gap-2">
        {subscription && isRunning(subscription) && <CancelSubscription subscription={subscription} />}
        {canSubscribe && (
          <Button asChild variant="outline">
            <Link href="/buy-credits#subscription">{subscription ? "Subscribe again" : "See what it brings"}</Link>
          </Button>
        )}
      </div>
    </div>
  );
}

/** The end of a subscription, once it is confirmed. */
function CancelSubscription({ subscription }: { subscription: Subscription }) {
  const utils = trpc.useUtils();
  const [open, setOpen] = useState(false);
  const cancel = trpc.payments.cancelSubscription.useMutation({
    onSuccess: (ended) => {
      utils.payments.subscription.setData(undefined, ended);
      setOpen(false);
    },
  });
  const { paidUntil } = subscription;
  const change = (next: boolean) => {
    cancel.reset();
    setOpen(next);
  };

  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="outline">Cancel subscription…</Button>
      </DialogTrigger>
      <DialogContent
        title="Cancel your subscription?"
        description={
          paidUntil && paidUntil > new Date()
            ? `PayPal charges no more. What it brings stays until ${longDay(paidUntil)}, and your credits stay for good.`
            : "PayPal charges no more. Your credits stay for good."
        }
      >
        <div className="grid gap-5">
          {cancel.isError && <FailureNotice failure={toPayPalFailure(cancel.error)} />}
          <div className="flex flex-wrap justify-end gap-2">
            <DialogClose asChild>
              <Button variant="quiet">Keep it</Button>
            </DialogClose>
            <Button disabled={cancel.isPending} onClick={() => cancel.mutate()}>
              {cancel.isPending ? "Cancelling…" : "Cancel subscription"}
            </Button>
          </div>
        </div>
      </DialogContent>
    </Dialog>
  );
}
