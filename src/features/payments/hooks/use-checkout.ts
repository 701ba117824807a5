"use client";

import { useCallback, useRef, useState } from "react";
import type { Failure } from "@/components/lib/failure";
import { isUnderWay } from "@/components/lib/purchase-words";
import { trpc } from "@/trpc/react";
import { type CheckoutPhase, phaseOf } from "../model/checkout";
import { isRefused, PAYPAL_STUMBLED, toPayPalFailure } from "../model/paypal-failure";
import { useRequestKey } from "./use-request-key";

const CHOOSING: CheckoutPhase = { at: "choosing" };
const LOOK_EVERY_MS = 10_000;

/**
 * Buying a pack, from the choice to the credits. The server names the price, makes the order and takes the money; what
 * is said here is only which pack, and which order the buyer agreed to. `came`: the phase the page was opened in.
 */
export function useCheckout(came: CheckoutPhase = CHOOSING) {
  const utils = trpc.useUtils();
  const [phase, setPhase] = useState(came);
  const orders = useRequestKey();
  /** True when the failure shown came from our own server: PayPal's echo of it says less. */
  const explained = useRef(false);
  const choose = useCallback(() => setPhase(CHOOSING), []);

  const order = useCallback(
    async (packId: string) => {
      explained.current = false;
      setPhase({ at: "paypal" });
      try {
        const idempotencyKey = orders.keyFor(packId);
        const made = await utils.client.payments.createOrder.mutate({ packId, idempotencyKey });
        orders.forget();
        return made;
      } catch (error) {
        const failure = toPayPalFailure(error);
        if (isRefused(failure)) orders.forget();
        explained.current = true;
        setPhase({ at: "failed", failure, paying: false, retry: choose });
        throw error;
      }
    },
    [utils, orders, choose],
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

  /** The buyer agreed: takes the money, once, however often it is called. `restart` asks them once more at PayPal. */
  const capture = useCallback(
    async (orderId: string, restart?: () => void) => {
      const again = () => {
        setPhase({ at: "paypal" });
        restart?.();
      };
      setPhase({ at: "confirming" });
      try {
        const outcome = await utils.client.payments.captureOrder.mutate({ orderId });
        utils.credits.balance.setData(undefined, outcome.balance);
        setPhase(phaseOf(outcome));
        void utils.credits.history.invalidate();
        void utils.payments.history.invalidate();
      } catch (error) {
        const failure = toPayPalFailure(error);
        explained.current = true;
        setPhase(
          afterFailure(failure, { choose, repeat: () => void capture(orderId, restart), restart: restart && again }),
        );
      }
    },
    [utils, choose],
  );

  const cancel = useCallback(() => setPhase({ at: "cancelled" }), []);
  const stumble = useCallback(() => {
    if (!explained.current) setPhase({ at: "failed", failure: PAYPAL_STUMBLED, paying: false, retry: choose });
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

/** What is left to do after a payment that was agreed to failed. */
function afterFailure(
  failure: Failure,
  { choose, repeat, restart }: { choose: () => void; repeat: () => void; restart: (() => void) | undefined },
): CheckoutPhase {
  if (failure.code === "PAYMENT_FAILED") return { at: "declined", failure, again: restart };
  // An order that is not the reader's will not become so.
  if (failure.code === "NOT_FOUND") return { at: "failed", failure, paying: false, retry: choose };
  return { at: "failed", failure, paying: true, retry: repeat };
}

export type Checkout = ReturnType<typeof useCheckout>;
