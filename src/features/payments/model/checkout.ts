import type { Failure } from "@/components/lib/failure";
import { isUnderWay } from "@/components/lib/purchase-words";
import type { CaptureOrderOutput } from "@/shared/payments";

/** How far buying is, as the buyer sees it. */
export type CheckoutPhase =
  | { at: "choosing" }
  /** PayPal has the word: its window is open, or its page is about to be. */
  | { at: "paypal" }
  | { at: "confirming" }
  | { at: "credited"; purchaseId: string; credits: number }
  /** PayPal is still checking the payment. */
  | { at: "pending"; purchaseId: string }
  /** Dealt with since: refused in the end, refunded, or disputed. */
  | { at: "past"; purchaseId: string }
  | { at: "cancelled" }
  /** PayPal took nothing. `again` lets the buyer choose another way to pay for the same order. */
  | { at: "declined"; failure: Failure; again?: (() => void) | undefined }
  /** `paying`: the buyer had agreed to pay, so that what went wrong may have come after the payment. */
  | { at: "failed"; failure: Failure; paying: boolean; retry: () => void };

/** The phase a payment is in, by the server's word. */
export function phaseOf(payment: Pick<CaptureOrderOutput, "state" | "purchaseId" | "credits">): CheckoutPhase {
  const { state, purchaseId, credits } = payment;
  if (state === "CREDITED") return { at: "credited", purchaseId, credits };
  return isUnderWay({ state }) ? { at: "pending", purchaseId } : { at: "past", purchaseId };
}

/** Whether there is nothing left to do about this payment. */
export const isSettled = ({ at }: CheckoutPhase) => at === "credited" || at === "pending" || at === "past";

/** Whether PayPal or the server is at work, so that nothing else may be chosen. */
export const isBusy = ({ at }: CheckoutPhase) => at === "paypal" || at === "confirming";
