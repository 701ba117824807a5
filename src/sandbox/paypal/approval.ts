import { activate } from "./billing";
import type { Answer, Paypal } from "./call";
import { type Money, toAmount } from "./money";
import { approveOrder, paymentOf } from "./orders";
import { type Choice, finishPage, noticePage, type Offer, offerPage } from "./pages";
import { PAYER } from "./parties";
import type { Order, Outcome, Subscription } from "./state";

/** One visit of the payer's browser. */
export interface Visit {
  /** GET looks, POST decides. */
  method: string;
  url: URL;
  /** The fields of the form. */
  form: URLSearchParams;
}

const OUTCOME_OF: Record<string, Outcome> = { pay: "completed", review: "pending", decline: "declined" };
const CANCEL: Choice = { value: "cancel", label: "Cancel and return" };

/** `/checkoutnow`: an order's approval. */
export async function visitOrder(paypal: Paypal, { method, url, form }: Visit): Promise<Answer> {
  const order = paypal.state.orders.get(url.searchParams.get("token") ?? undefined);
  if (!order) return unknown("order");
  const back = withQuery(order.returnUrl, { token: order.id, PayerID: PAYER.payer_id });
  if (paymentOf(paypal, order)) return noticePage(200, "Already paid", "There is nothing left to do here.", back);
  if (method !== "POST") return offerPage(offerOf(order));
  const outcome = OUTCOME_OF[form.get("choice") ?? ""];
  if (!outcome) {
    const away = withQuery(order.cancelUrl, { token: order.id });
    return finishPage({ result: "cancelled", token: order.id, back: away });
  }
  await approveOrder(paypal, order, outcome);
  return finishPage({ result: "approved", token: order.id, payer: PAYER.payer_id, back });
}

/** `/webapps/billing/subscriptions`: a subscription's approval. The button knows no more than the subscription's id. */
export async function visitSubscription(paypal: Paypal, { method, url, form }: Visit): Promise<Answer> {
  const { searchParams } = url;
  const subscription = paypal.state.subscriptions.find(
    ({ id, agreementToken }) =>
      id === searchParams.get("subscription_id") || agreementToken === searchParams.get("ba_token"),
  );
  if (!subscription) return unknown("subscription");
  const { id, agreementToken, token, status } = subscription;
  const query = { ba_token: agreementToken, token };
  const back = withQuery(subscription.returnUrl, { subscription_id: id, ...query });
  if (status !== "APPROVAL_PENDING") {
    return noticePage(200, "Already decided", `This subscription is ${status.toLowerCase()}.`, back);
  }
  if (method !== "POST") return offerPage(subscriptionOffer(subscription));
  const outcome = OUTCOME_OF[form.get("choice") ?? ""];
  if (!outcome) {
    const away = withQuery(subscription.cancelUrl, query);
    return finishPage({ result: "cancelled", token, subscription: id, back: away });
  }
  if (outcome === "declined") {
    return offerPage({ ...subscriptionOffer(subscription), notice: "The card was declined. Nothing was taken." });
  }
  await activate(paypal, subscription, outcome);
  return finishPage({ result: "approved", token, payer: PAYER.payer_id, subscription: id, back });
}

function offerOf({ brandName, description, amount, approval }: Order): Offer {
  return {
    brand: brandName ?? "The shop",
    title: description ?? "Your order",
    sum: sumOf(amount),
    notice: approval?.outcome === "declined" ? "Your card was declined. Choose again." : undefined,
    choices: [
      { value: "pay", label: "Pay now" },
      { value: "review", label: "Pay, but leave it under review" },
      { value: "decline", label: "Decline the card" },
      CANCEL,
    ],
  };
}

function subscriptionOffer({ brandName, amount }: Subscription): Offer {
  return {
    brand: brandName ?? "The shop",
    title: "Inkwell Subscriber",
    sum: `${sumOf(amount)} a month`,
    choices: [
      { value: "pay", label: "Subscribe" },
      { value: "review", label: "Subscribe, but leave the first payment under review" },
      { value: "decline", label: "Decline the card" },
      CANCEL,
    ],
  };
}

function sumOf(amount: Money): string {
  const { value, currency_code } = toAmount(amount);
  return `${value} ${currency_code}`;
}

function unknown(what: string): Answer {
  return noticePage(404, "Not found", `There is no such ${what}. The link may be incomplete.`);
}

/** The shop's address with what PayPal adds to it. */
function withQuery(address: string | undefined, added: Record<string, string>): string | undefined {
  if (address === undefined) return undefined;
  const url = new URL(address);
  for (const [name, value] of Object.entries(added)) url.searchParams.append(name, value);
  return url.href;
}
