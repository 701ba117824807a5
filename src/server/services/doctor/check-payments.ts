import { isPublicAddress } from "@/server/lib/own-machine";
import { paymentProvider } from "@/server/providers/configured";
import type { PaymentProvider, Webhook } from "@/server/providers/payment-provider";
import { currentPlanId } from "@/server/services/payments/packs";
import { formatMoney } from "@/shared/money";
import type { Finding } from "@/shared/operations";
import type { Settings } from "@/shared/settings";
import { orUnset, unset } from "./check-images";
import { explainProvider } from "./explain-provider";
import { found } from "./findings";
import type { Check, Environment } from "./patient";

/** Where PayPal is to send what happens. */
const PATH = "/api/webhooks/paypal";
/** Without these, payments come late, and money that goes back is never noticed. */
const NEEDED = [
  "CHECKOUT.ORDER.APPROVED",
  "PAYMENT.CAPTURE.COMPLETED",
  "PAYMENT.CAPTURE.DENIED",
  "PAYMENT.CAPTURE.REFUNDED",
  "PAYMENT.CAPTURE.REVERSED",
  "CUSTOMER.DISPUTE.CREATED",
  "CUSTOMER.DISPUTE.RESOLVED",
];
const NEEDED_FOR_PLAN = [
  "PAYMENT.SALE.COMPLETED",
  "PAYMENT.SALE.REFUNDED",
  "PAYMENT.SALE.REVERSED",
  "BILLING.SUBSCRIPTION.ACTIVATED",
  "BILLING.SUBSCRIPTION.CANCELLED",
  "BILLING.SUBSCRIPTION.SUSPENDED",
  "BILLING.SUBSCRIPTION.EXPIRED",
];

/** PayPal: the keys, the webhook, and the plan. */
export const paypalCheck: Check = {
  subject: "PayPal",
  async look({ environment, settings }, signal) {
    const provider = orUnset(paymentProvider);
    // Play money beside real keys is found among the variables.
    if (!provider) return environment.PAYPAL_CLIENT_ID ? [] : [unset("PAYPAL_CLIENT_ID", "credits cannot be bought")];
    try {
      const webhooks = await provider.listWebhooks(signal);
      return [
        // The local stand-in is always told where to send its messages.
        ...(environment.PAYPAL_CLIENT_ID ? judgeWebhooks(webhooks, environment) : []),
        ...(await examinePlan(provider, (await settings).values, environment, signal)),
      ];
    } catch (error) {
      return [explainProvider("paypal", error, signal)];
    }
  },
};

function judgeWebhooks(webhooks: Webhook[], { NEXTAUTH_URL = "", ...environment }: Environment): Finding[] {
  const { PAYPAL_WEBHOOK_ID: id, PAYPAL_PLAN_ID: planId } = environment;
  if (!isPublicAddress(NEXTAUTH_URL)) {
    return [
      found("paypal.unreachable", {
        subject: "NEXTAUTH_URL",
        problem:
          "PayPal can send nothing to this address: refunds and disputes are not noticed, and payments come late.",
        fix: "Set NEXTAUTH_URL to the public https address of this instance.",
      }),
    ];
  }
  const url = NEXTAUTH_URL.replace(/\/$/, "") + PATH;
  const subject = "PAYPAL_WEBHOOK_ID";
  const ours = webhooks.find((it) => it.url === url);
  const at = "at developer.paypal.com, in the app these keys are of,";
  const set = ours ? `Set ${subject} to ${ours.id}` : `Add a webhook for ${url} ${at} and set ${subject} to its id`;
  if (!id) {
    const problem = "Messages of PayPal's cannot be told from anybody's, and are refused: refunds are not noticed.";
    return [found("paypal.webhook-unset", { subject, problem, fix: `${set}.` })];
  }
  const named = webhooks.find((it) => it.id === id);
  if (!named) {
    const problem = "PayPal knows no webhook of this id in the app these keys are of.";
    return [found("paypal.webhook-unknown", { subject, problem, fix: `${set}.` })];
  }
  if (named.url !== url) {
    const problem = `This webhook is for another address (${named.url}).`;
    const fix = ours ? `${set}.` : `Change the address of webhook ${id} ${at} to ${url}.`;
    return [found("paypal.webhook-elsewhere", { subject, problem, fix })];
  }
  return missingEvents(named, planId ? [...NEEDED, ...NEEDED_FOR_PLAN] : NEEDED);
}

function missingEvents({ id, events }: Webhook, needed: string[]): Finding[] {
  const missing = events.includes("*") ? [] : needed.filter((name) => !events.includes(name));
  if (missing.length === 0) return [];
  return [
    found("paypal.webhook-events", {
      subject: "PAYPAL_WEBHOOK_ID",
      problem: `PayPal does not tell of everything that changes credits; missing: ${missing.join(", ")}.`,
      fix: `At developer.paypal.com, let webhook ${id} have all events.`,
    }),
  ];
}

async function examinePlan(
  provider: PaymentProvider,
  { packs, subscriptionCredits, features }: Settings,
  { CURRENCY = "USD" }: Environment,
  signal: AbortSignal,
): Promise<Finding[]> {
  const planId = currentPlanId();
  if (!planId || !features.subscriptions.on) return [];
  const subject = "PAYPAL_PLAN_ID";
  const plan = await provider.getPlan(planId, signal);
  if (!plan) {
    return [
      found("paypal.plan-unknown", {
        subject,
        problem: `PayPal knows no plan ${planId} of this account, so nobody can subscribe.`,
        fix: `Set ${subject} to the id of a plan made with this account (it starts with P-), or remove it.`,
      }),
    ];
  }
  if (plan.price.currency !== CURRENCY) {
    return [
      found("paypal.plan-currency", {
        subject,
        problem: `The plan is paid in ${plan.price.currency}, and everything else in ${CURRENCY}.`,
        fix: `Make a plan in ${CURRENCY} at PayPal and set ${subject} to its id, or set CURRENCY to ${plan.price.currency}.`,
      }),
    ];
  }
  const cheapest = Math.min(...packs.map(({ amount, credits }) => amount / credits));
  if (plan.price.amount / subscriptionCredits <= cheapest) return [];
  return [
    found("paypal.plan-dear", {
      subject,
      problem: `A payment of the plan brings ${subscriptionCredits} credits for ${formatMoney(plan.price)}; as a pack they cost less.`,
      fix: "Raise the credits of the subscription under Settings in the panel (/admin/settings), or lower the plan's price at PayPal.",
    }),
  ];
}
