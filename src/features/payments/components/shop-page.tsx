"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef } from "react";
import { FailureNotice } from "@/components/failure-notice";
import { toFailure } from "@/components/lib/failure";
import { useAfterHydration } from "@/components/lib/use-after-hydration";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Balance } from "@/shared/common";
import type { Shop, Subscription } from "@/shared/payments";
import { trpc } from "@/trpc/react";
import { useCheckout } from "../hooks/use-checkout";
import { usePlace } from "../hooks/use-place";
import { useSubscribe } from "../hooks/use-subscribe";
import type { PayPalReturn } from "../model/paypal-return";
import { placeName } from "../model/way-back";
import { PackCheckout } from "./pack-checkout";
import { ShopSkeleton } from "./shop-skeleton";
import { SubscriptionOffer } from "./subscription-offer";

const SUBSCRIPTION = "subscription";

interface ShopPageProps {
  balance: Balance;
  subscription: Subscription | null;
  /** Buying is switched on for this person. */
  isOn: boolean;
  /** How the buyer came back from PayPal's own site, if they did. */
  came: PayPalReturn | undefined;
}

/** The shop, as soon as it has said what it sells. */
export function ShopPage(props: ShopPageProps) {
  const shop = trpc.payments.packs.useQuery();
  // The layout asks too, and may have been told before this page came alive.
  const alive = useAfterHydration(false, true);

  if (!alive || shop.isPending) return <ShopSkeleton />;
  if (shop.isError) return <FailureNotice failure={toFailure(shop.error)} onRetry={() => shop.refetch()} />;
  if (shop.data) return <Counter shop={shop.data} {...props} />;
  return (
    <EmptyState title="Nothing is sold here">
      <p>
        {props.isOn ? "This server does not sell credits." : "Buying credits is not switched on for you yet."} Ask
        whoever runs it for more; they can give you some by hand.
      </p>
      <Button asChild variant="outline" className="mt-6">
        <Link href="/dashboard">See where your credits went</Link>
      </Button>
    </EmptyState>
  );
}

/** Everything that is sold here. */
function Counter({ shop, balance, subscription: initial, came }: ShopPageProps & { shop: Shop }) {
  const router = useRouter();
  const [place] = usePlace();
  const balanceQuery = trpc.credits.balance.useQuery(undefined, { initialData: balance });
  const { available, owed } = useAfterHydration(balance, balanceQuery.data);
  const subscriptionQuery = trpc.payments.subscription.useQuery(undefined, { initialData: initial });
  const subscription = useAfterHydration(initial, subscriptionQuery.data);

  const checkout = useCheckout(
    came?.kind === "order" ? { at: "confirming" } : came?.kind === "cancelled" ? { at: "cancelled" } : undefined,
  );
  // The role that came with it decides what the other pages show.
  const onBegun = useCallback(() => router.refresh(), [router]);
  const subscribing = useSubscribe(onBegun, came?.kind === "subscription" ? { at: "confirming" } : undefined);
  useReturn(came, checkout.capture, subscribing.confirm);

  // A link may lead to the subscription, which was not here yet when the page was opened.
  const offered = useRef<HTMLElement>(null);
  useEffect(() => {
    if (window.location.hash === `#${SUBSCRIPTION}`) offered.current?.scrollIntoView();
  }, []);

  const { at } = came?.kind === "subscription" ? subscribing.phase : checkout.phase;
  const over = at === "choosing" || at === "offered" || at === "paypal";
  useEffect(() => {
    // Dealt with: a reload from now on must not speak of it again.
    if (came && over) window.history.replaceState(null, "", window.location.pathname);
  }, [came, over]);

  return (
    <div className="grid grid-cols-1 gap-x-16 gap-y-14 lg:grid-cols-2">
      <section aria-labelledby="packs-title" className="min-w-0">
        <h2 id="packs-title" className="display text-xl">
          Credits
        </h2>
        <p className="mt-1 mb-4 text-ink-soft">
          You have{" "}
          <span key={available} className="inline-block animate-tick font-medium text-ink">
            {available.toLocaleString("en")}
          </span>
          .{owed > 0 && ` ${owed.toLocaleString("en")} will be repaid out of your next ones.`}
        </p>
        <PackCheckout
          shop={shop}
          checkout={checkout}
          missing={1}
          onwards={
            <Button asChild size="sm">
              <Link href={place}>{placeName(place)}</Link>
            </Button>
          }
        />
      </section>
      {shop.plan && (
        <section id={SUBSCRIPTION} ref={offered} aria-labelledby="subscription-title" className="min-w-0">
          <h2 id="subscription-title" className="display mb-4 text-xl">
            Subscription
          </h2>
          <SubscriptionOffer shop={shop} plan={shop.plan} subscription={subscription} subscribing={subscribing} />
        </section>
      )}
    </div>
  );
}

/** Goes on where PayPal's site left off, once for each page, however often it is drawn. */
function useReturn(
  came: PayPalReturn | undefined,
  capture: (orderId: string) => Promise<void>,
  confirm: (subscriptionId: string) => Promise<void>,
) {
  const done = useRef(false);
  useEffect(() => {
    if (done.current || !came) return;
    done.current = true;
    if (came.kind === "order") void capture(came.orderId);
    if (came.kind === "subscription") void confirm(came.subscriptionId);
  }, [came, capture, confirm]);
}
