import { z } from "zod";
import { changeStatus } from "./billing";
import type { Answer, Call, Paypal } from "./call";
import { statusOf } from "./captures";
import { experience } from "./experience";
import { newAgreementToken, newId, newSubscriptionId } from "./ids";
import { feeOf, toAmount } from "./money";
import { PAYER } from "./parties";
import { planPrice } from "./plans";
import { malformed, notFound, readAs, unprocessable } from "./problem";
import type { Subscription } from "./state";
import { announceSubscription, salesOf, subscriptionToWire } from "./subscription-wire";
import { toTime } from "./time";

const createBody = z.object({
  plan_id: z.string().min(3).max(50),
  custom_id: z.string().max(127).optional(),
  application_context: experience.optional(),
});

export async function createSubscription(paypal: Paypal, call: Call): Promise<Answer> {
  const { requestId } = call;
  const earlier = requestId && paypal.state.subscriptions.find((it) => it.requestId === requestId);
  if (earlier) return { status: 200, body: toAnswer(paypal, call, earlier) };
  const { plan_id, custom_id, application_context } = readAs(createBody, call.body);
  const now = Date.now();
  const made: Subscription = {
    id: newSubscriptionId(),
    requestId,
    createdAt: now,
    updatedAt: now,
    planId: plan_id,
    customId: custom_id,
    amount: planPrice(paypal),
    brandName: application_context?.brand_name,
    returnUrl: application_context?.return_url,
    cancelUrl: application_context?.cancel_url,
    agreementToken: newAgreementToken(),
    token: newId(),
    status: "APPROVAL_PENDING",
    failedPayments: 0,
  };
  await paypal.state.subscriptions.save(made);
  announceSubscription(paypal, made, "CREATED");
  return { status: 201, body: toAnswer(paypal, call, made) };
}

export function getSubscription(paypal: Paypal, _call: Call, id: string): Answer {
  return { status: 200, body: subscriptionToWire(paypal, findSubscription(paypal, id)) };
}

const cancelBody = z.object({ reason: z.string().min(1).max(128) });

export async function cancelSubscription(paypal: Paypal, call: Call, id: string): Promise<Answer> {
  const found = findSubscription(paypal, id);
  readAs(cancelBody, call.body);
  if (found.status !== "ACTIVE" && found.status !== "SUSPENDED") {
    const description =
      "Invalid subscription status for cancel action; subscription status should be active or suspended.";
    throw unprocessable("SUBSCRIPTION_STATUS_INVALID", description);
  }
  await changeStatus(paypal, found, "CANCELLED");
  return { status: 204 };
}

const time = z.iso.datetime({ offset: true });

export function listTransactions(paypal: Paypal, { url }: Call, id: string): Answer {
  const found = findSubscription(paypal, id);
  const [from, to] = ["start_time", "end_time"].map((name) => {
    const given = time.safeParse(url.searchParams.get(name));
    if (!given.success) throw malformed(`/${name}`, "INVALID_PARAMETER_SYNTAX", "The value is not a date and time.");
    return Date.parse(given.data);
  });
  const within = salesOf(paypal, found).filter(({ createdAt }) => createdAt >= (from ?? 0) && createdAt <= (to ?? 0));
  const transactions = within.map((sale) => {
    const { currency, minor } = sale.amount;
    const amount = (value: number) => toAmount({ currency, minor: value });
    return {
      id: sale.id,
      status: statusOf(sale),
      amount_with_breakdown: {
        gross_amount: amount(minor),
        fee_amount: amount(feeOf(minor)),
        net_amount: amount(minor - feeOf(minor)),
      },
      payer_name: PAYER.name,
      payer_email: PAYER.email_address,
      time: toTime(sale.createdAt),
    };
  });
  return { status: 200, body: { transactions, total_items: transactions.length, total_pages: 1, links: [] } };
}

function findSubscription({ state }: Paypal, id: string): Subscription {
  const found = state.subscriptions.get(id);
  if (!found) throw notFound();
  return found;
}

function toAnswer(paypal: Paypal, { full }: Call, subscription: Subscription): object {
  const whole = subscriptionToWire(paypal, subscription);
  const { id, status, create_time, links } = whole;
  return full ? whole : { id, status, create_time, links };
}
