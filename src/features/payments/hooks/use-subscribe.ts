"use client";

import { useCallback, useRef, useState } from "react";
import { type Failure, isDefinitive, toFailure } from "@/components/lib/failure";
import { newKey } from "@/components/lib/new-key";
import { trpc } from "@/trpc/react";
import { PAYPAL_STUMBLED } from "../model/checkout";

/** How far subscribing is. That it is done shows in the subscription itself. */
export type SubscribePhase =
  | { at: "offered" }
  | { at: "paypal" }
  | { at: "confirming" }
  /** Agreed to, but PayPal has not begun it yet. */
  | { at: "pending" }
  | { at: "cancelled" }
  | { at: "failed"; failure: Failure; retry: () => void };

const OFFERED: SubscribePhase = { at: "offered" };

/** Subscribing, from the offer to the role. `onBegun` is called once PayPal has begun the subscription. */
export function useSubscribe(onBegun: () => void, came: SubscribePhase = OFFERED) {
  const utils = trpc.useUtils();
  const [phase, setPhase] = useState(came);
  /** Kept while nobody knows whether the last one was made, so that it is not made twice. */
  const key = useRef<string>(undefined);
  /** True when the failure shown came from our own server: PayPal's echo of it says less. */
  const explained = useRef(false);
  const offer = useCallback(() => setPhase(OFFERED), []);

  const make = useCallback(async () => {
    explained.current = false;
    setPhase({ at: "paypal" });
    key.current ??= newKey();
    try {
      const made = await utils.client.payments.subscribe.mutate({ idempotencyKey: key.current });
      key.current = undefined;
      return made;
    } catch (error) {
      const failure = toFailure(error);
      if (isDefinitive(failure)) key.current = undefined;
      explained.current = true;
      setPhase({ at: "failed", failure, retry: offer });
      throw error;
    }
  }, [utils, offer]);

  /** Makes a subscription for PayPal's button. Throws what went wrong, so that PayPal closes its window. */
  const create = useCallback(async () => (await make()).subscriptionId, [make]);

  const leaveForPayPal = useCallback(async () => {
    const made = await make().catch(() => undefined);
    if (made) window.location.assign(made.approveUrl);
  }, [make]);

  /** The subscriber agreed: looks whether PayPal has begun it. */
  const confirm = useCallback(
    async (subscriptionId: string) => {
      setPhase({ at: "confirming" });
      try {
        const subscription = await utils.client.payments.confirmSubscription.mutate({ subscriptionId });
        if (subscription.state === "APPROVAL_PENDING") return setPhase({ at: "pending" });
        utils.payments.subscription.setData(undefined, subscription);
        setPhase(OFFERED);
        void utils.credits.balance.invalidate();
        void utils.credits.history.invalidate();
        void utils.payments.history.invalidate();
        void utils.account.me.invalidate();
        onBegun();
      } catch (error) {
        explained.current = true;
        setPhase({ at: "failed", failure: toFailure(error), retry: () => void confirm(subscriptionId) });
      }
    },
    [utils, onBegun],
  );

  const cancel = useCallback(() => setPhase({ at: "cancelled" }), []);
  const stumble = useCallback(() => {
    if (!explained.current) setPhase({ at: "failed", failure: PAYPAL_STUMBLED, retry: offer });
  }, [offer]);

  return { phase, create, leaveForPayPal, confirm, cancel, offer, stumble };
}
