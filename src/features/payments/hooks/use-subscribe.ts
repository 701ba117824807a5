"use client";

import { useCallback, useRef, useState } from "react";
import type { Failure } from "@/components/lib/failure";
import { trpc } from "@/trpc/react";
import { isRefused, PAYPAL_STUMBLED, toPayPalFailure } from "../model/paypal-failure";
import { useRequestKey } from "./use-request-key";

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
  const requests = useRequestKey();
  /** True when the failure shown came from our own server: PayPal's echo of it says less. */
  const explained = useRef(false);
  const offer = useCallback(() => setPhase(OFFERED), []);

  const make = useCallback(async () => {
    explained.current = false;
    setPhase({ at: "paypal" });
    try {
      const made = await utils.client.payments.subscribe.mutate({ idempotencyKey: requests.keyFor("subscription") });
      requests.forget();
      return made;
    } catch (error) {
      const failure = toPayPalFailure(error);
      if (isRefused(failure)) requests.forget();
      explained.current = true;
      setPhase({ at: "failed", failure, retry: offer });
      throw error;
    }
  }, [utils, requests, offer]);

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
        setPhase({ at: "failed", failure: toPayPalFailure(error), retry: () => void confirm(subscriptionId) });
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
