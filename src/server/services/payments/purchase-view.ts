import type { PurchaseDoc } from "@models";
import type { Purchase, PurchaseState } from "@/shared/payments";
import { refundedAmount } from "./take-back";

const GRANTED: PurchaseState[] = ["CREDITED", "PARTIALLY_REFUNDED", "REFUNDED", "DISPUTED"];

/** What the purchase brought: nothing until PayPal said that the money is there. */
export function creditsGranted({ state, credits }: Pick<PurchaseDoc, "state" | "credits">): number {
  return GRANTED.includes(state) ? credits : 0;
}

/** A purchase as its buyer sees it. */
export function toPurchase(purchase: PurchaseDoc): Purchase {
  const { _id: id, kind, state, credits, amount, currency, createdAt, paidAt, requestId } = purchase;
  const granted = creditsGranted(purchase) > 0;
  return {
    id,
    kind,
    state,
    credits,
    price: { amount, currency },
    creditsTakenBack: granted ? purchase.moves.reduce((sum, move) => sum - move.credits, 0) : 0,
    refunded: { amount: refundedAmount(purchase), currency },
    createdAt,
    paidAt,
    requestId,
  };
}
