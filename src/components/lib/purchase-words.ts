import { credits } from "@/components/lib/format";
import { formatMoney } from "@/shared/money";
import type { Purchase } from "@/shared/payments";

/** What was bought: "20 credits". */
export const whatWasBought = ({ kind, credits: amount }: Pick<Purchase, "kind" | "credits">) =>
  kind === "subscription" ? `Subscription, ${credits(amount)}` : credits(amount);

type Told = Pick<Purchase, "state" | "refunded" | "creditsTakenBack">;

/** Where a purchase stands, in a buyer's words. */
export function purchaseInWords({ state, refunded, creditsTakenBack }: Told): string {
  switch (state) {
    case "CREATED":
      return "Not paid";
    case "ABANDONED":
      return "Not paid; nothing was charged";
    case "CAPTURING":
      return "Being confirmed with PayPal";
    case "PENDING":
      return "Waiting for PayPal";
    case "CAPTURED":
      return "Paid; the credits are on their way";
    case "CREDITED":
      return "Paid";
    case "DENIED":
      return "Not accepted; no credits were granted";
    case "PARTIALLY_REFUNDED":
      return `Refunded in part: ${formatMoney(refunded)} back, ${takenBack(creditsTakenBack)}`;
    case "REFUNDED":
      return `Refunded: ${formatMoney(refunded)} back, ${takenBack(creditsTakenBack)}`;
    case "DISPUTED":
      return `Disputed: ${credits(creditsTakenBack)} frozen`;
  }
}

const takenBack = (amount: number) => (amount === 0 ? "no credits taken back" : `${credits(amount)} taken back`);

/** Whether time alone can still change it. */
export const isUnderWay = ({ state }: Pick<Purchase, "state">) =>
  state === "CAPTURING" || state === "PENDING" || state === "CAPTURED";
