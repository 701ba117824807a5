import { adminPaymentsInput } from "@/shared/admin";
import { PURCHASE_STATES, type PurchaseState } from "@/shared/payments";

const { query, state } = adminPaymentsInput.shape;

/** Which payments the page's address asks for; what it asks in vain is left out. */
export function readPaymentFilter(params: Pick<URLSearchParams, "get">) {
  return {
    query: query.catch(undefined).parse(params.get("query") || undefined),
    state: state.catch(undefined).parse(params.get("state") || undefined),
  };
}

const STATE_NAMES: Record<PurchaseState, string> = {
  CREATED: "Not paid",
  CAPTURING: "Being confirmed",
  PENDING: "Waiting for PayPal",
  CAPTURED: "Paid, not granted yet",
  CREDITED: "Paid",
  DENIED: "Not accepted",
  ABANDONED: "Given up",
  PARTIALLY_REFUNDED: "Refunded in part",
  REFUNDED: "Refunded",
  DISPUTED: "Disputed",
};

export const STATE_CHOICES: { value: string; label: string }[] = [
  { value: "", label: "Every state" },
  ...PURCHASE_STATES.map((value) => ({ value, label: STATE_NAMES[value] })),
];
