import type { PurchaseDoc } from "@models";
import { paymentProvider, paymentsAvailable } from "@/server/providers/configured";
import type { AdminPayment } from "@/shared/admin";
import type { PurchaseState } from "@/shared/payments";
import { toPurchase } from "./purchase-view";
import { refundedAmount } from "./take-back";

/** What is under review is not there to be given back, and over what is disputed PayPal decides. */
const REFUNDABLE: PurchaseState[] = ["CREDITED", "PARTIALLY_REFUNDED"];

/** What can still be given back from here, in the currency's smallest unit. */
export function refundableAmount(purchase: PurchaseDoc): number {
  if (!purchase.captureId || !REFUNDABLE.includes(purchase.state) || !isOfProvider(purchase)) return 0;
  return Math.max(0, purchase.amount - refundedAmount(purchase) - (purchase.openRefund?.amount ?? 0));
}

/** Real money is not given back for play money, nor the other way round. */
export const isOfProvider = ({ sandbox }: PurchaseDoc): boolean =>
  paymentsAvailable() && paymentProvider().sandbox === sandbox;

/** A purchase as an operator sees it. */
export function toAdminPayment(purchase: PurchaseDoc, email: string | undefined): AdminPayment {
  const { userId, orderId, captureId, problem, sandbox, openRefund } = purchase;
  return {
    ...toPurchase(purchase),
    user: { id: userId, email },
    orderId,
    captureId,
    problem,
    sandbox,
    refundable: refundableAmount(purchase),
    refunding: openRefund?.amount ?? 0,
  };
}
