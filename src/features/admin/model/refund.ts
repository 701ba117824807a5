import type { AdminPayment } from "@/shared/admin";
import type { Balance } from "@/shared/common";
import { fromDecimal } from "@/shared/money";

/** An amount as it was written, in the currency's smallest unit; NaN when it is none. */
export function readAmount(text: string | undefined, currency: string): number {
  const money = fromDecimal((text ?? "").trim().replace(",", "."), currency);
  return money && money.amount > 0 ? money.amount : Number.NaN;
}

type Paid = Pick<AdminPayment, "credits" | "price" | "refunded" | "creditsTakenBack">;

/** How many credits a refund takes back, besides those taken already. Parts of a credit stay with the buyer. */
export function creditsTaken({ credits, price, refunded, creditsTakenBack }: Paid, amount: number): number {
  const back = Math.min(refunded.amount + amount, price.amount);
  return Math.max(0, Math.floor((credits * back) / price.amount) - creditsTakenBack);
}

/** What a refund leaves to spend, and how much of what it takes is owed because it is spent already. */
export function afterRefund({ available }: Pick<Balance, "available">, taken: number) {
  const owed = Math.max(0, taken - available);
  return { available: available - taken + owed, owed };
}
