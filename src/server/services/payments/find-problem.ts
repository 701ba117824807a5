import type { PurchaseDoc } from "@models";
import { env } from "@/env";
import type { Capture } from "@/server/providers/payment-provider";
import { formatMoney } from "@/shared/money";

/** What of a payment has to be as ordered before anything is granted for it. */
export type Payment = Pick<Capture, "id" | "status" | "price" | "purchaseId" | "orderId" | "payee" | "at">;

/** In what a payment is not what was ordered, in plain words; undefined when all of it is. */
export function findProblem(purchase: PurchaseDoc, payment: Payment): string | undefined {
  if (payment.purchaseId !== purchase._id) return "The payment names another purchase.";
  if (payment.orderId && purchase.orderId && payment.orderId !== purchase.orderId) {
    return "The payment belongs to another order.";
  }
  const { price } = payment;
  if (!price) return "PayPal names no amount we can read.";
  const { amount, currency } = purchase;
  if (price.currency !== currency) return `Paid in ${price.currency}, ordered in ${currency}.`;
  if (price.amount !== amount) return `Paid ${formatMoney(price)}, ordered for ${formatMoney({ amount, currency })}.`;
  const payee = env.PAYPAL_MERCHANT_ID ?? purchase.payee;
  if (payee && payment.payee && payment.payee !== payee) return "The money went to another account.";
  return undefined;
}
