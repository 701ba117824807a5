import type { PurchaseDoc } from "@models";
import type { AdminPayment } from "@/shared/admin";
import type { PurchaseState } from "@/shared/payments";
import { toPurchase } from "./purchase-view";
import { refundedAmount } from "./take-back";

/** Money is there, and nobody is arguing about it. */
const REFUNDABLE: PurchaseState[] = ["CAPTURED", "CREDITED", "PARTIALLY_REFUNDED"];

/** What can still be sent back, in the currency's smallest unit. */
export function refundableAmount(purchase: PurchaseDoc): number {
  if (!purchase.captureId || !REFUNDABLE.includes(purchase.state)) return 0;
  return Math.max(0, purchase.amount - refundedAmount(purchase));
}

/** A purchase as an operator sees it. `email`: its buyer's, while they are here. */
export function toAdminPayment(purchase: PurchaseDoc, email: string | undefined): AdminPayment {
  const { userId, orderId, captureId, problem, sandbox } = purchase;
  return {
    ...toPurchase(purchase),
    user: { id: userId, email },
    orderId,
    captureId,
    problem,
    sandbox,
    refundable: refundableAmount(purchase),
  };
}
