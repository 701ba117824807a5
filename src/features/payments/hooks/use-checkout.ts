"use client";

import { useCallback, useRef, useState } from "react";
import { isDefinitive, toFailure } from "@/components/lib/failure";
import { newKey } from "@/components/lib/new-key";
import { trpc } from "@/trpc/react";
import { type CheckoutPhase, PAYPAL_STUMBLED, phaseOf } from "../model/checkout";
import { isUnderWay } from "../model/purchase-words";

const CHOOSING: CheckoutPhase = { at: "choosing" };
const LOOK_EVERY_MS = 10_000;

/**
 * Buying a pack, from the choice to the credits. The server names the price, makes the order and takes the money; what
 * is said here is only which pack, and which order the buyer agreed to. `came`: the phase the page was opened in.
 */
export function useCheckout(came: CheckoutPhase = CHOOSING) {
  const utils = trpc.useUtils();
  const [phase, setPhase] = useState(came);
  /** Kept while nobody knows whether the last order was made, so that it is not made twice. */
  const orderKey = useRef<string>(undefined);
  /** True when the failure shown came from our own server: PayPal's echo of it says less. */
  const explained = useRef(false);
  const choose = useCallback(() => setPhase(CHOOSING), []);

  const order = useCallback(
    async (packId: string) => {
      explained.current = false;
      setPhase({ at: "paypal" });
      orderKey.current ??= newKey();
      try {
        const made = await utils.client.payments.createOrder.mutate({ packId, idempotencyKey: orderKey.current });
        orderKey.current = undefined;
        return made;
      } catch (error) {
        const failure = toFailure(error);
        if (isDefinitive(failure)) orderKey.current = undefined;
        explained.current = true;
        setPhase({ at: "failed", failure, retry: choose });
        throw error;
      }
    },
    [utils, choose],
  );

  /** Makes an order for PayPal's button. Throws what went wrong, so that PayPal closes its window. */
  const createOrder = useCallback(async (packId: string) => (await order(packId)).orderId, [order]);

  /** Pays on PayPal's own site, for a browser in which the button does not work. */
  const leaveForPayPal = useCallback(
    async (packId: string) => {
      const made = await order(packId).catch(() => undefined);
      if (made) window.location.assign(made.approveUrl);
    },
    [order],
  );

  /** The buyer agreed: takes the money, once, however often it is called. */
  const capture = useCallback(
    async (orderId: string, again?: () => void) => {
      setPhase({ at: "confirming" });
      try {
        const outcome = await utils.client.payments.captureOrder.mutate({ orderId });
        utils.credits.balance.setData(undefined, outcome.balance);
        setPhase(phaseOf(outcome));
        void utils.credits.history.invalidate();
        void utils.payments.history.invalidate();
      } catch (error) {
        const failure = toFailure(error);
        explained.current = true;
        setPhase(
          failure.code === "PAYMENT_FAILED"
            ? { at: "declined", failure, again }
            : { at: "failed", failure, retry: () => void capture(orderId, again) },
        );
      }
    },
    [utils],
  );

  const cancel = useCallback(() => setPhase({ at: "cancelled" }), []);
  const stumble = useCallback(() => {
    if (!explained.current) setPhase({ at: "failed", failure: PAYPAL_STUMBLED, retry: choose });
  }, [choose]);

  // A payment that PayPal still checks is looked at from time to time, for as long as somebody waits for it here.
  const waitingFor = phase.at === "pending" ? phase.purchaseId : undefined;
  const { data: checked } = trpc.payments.purchase.useQuery(
    { purchaseId: waitingFor ?? "" },
    { enabled: waitingFor !== undefined, refetchInterval: LOOK_EVERY_MS },
  );
  const decided = waitingFor && checked?.id === waitingFor && !isUnderWay(checked) ? checked : undefined;

  return {
    phase: decided ? phaseOf({ ...decided, purchaseId: decided.id }) : phase,
    createOrder,
    leaveForPayPal,
    capture,
    cancel,
    choose,
    stumble,
  };
}

export type Checkout = ReturnType<typeof useCheckout>;
