import type { Answer, Call, Paypal } from "./call";
import { getCapture } from "./captures";
import { getDispute } from "./disputes";
import { captureOrder, createOrder, getOrder } from "./orders";
import { getPlan } from "./plans";
import { getRefund, refundCapture } from "./refunds";
import { getSale } from "./sales";
import { cancelSubscription, createSubscription, getSubscription, listTransactions } from "./subscriptions";
import { WEBHOOKS_PATH } from "./webhooks";

const listWebhooks = ({ webhooks }: Paypal): Answer => ({ status: 200, body: { webhooks: webhooks.list() } });

type Run = (paypal: Paypal, call: Call, id: string) => Answer | Promise<Answer>;

/** What the API offers to a caller with a token. `:id` is the name of what is asked for. */
const ROUTES: readonly (readonly [method: string, path: string, run: Run])[] = [
  ["POST", "/v2/checkout/orders", createOrder],
  ["GET", "/v2/checkout/orders/:id", getOrder],
  ["POST", "/v2/checkout/orders/:id/capture", captureOrder],
  ["GET", "/v2/payments/captures/:id", getCapture],
  ["POST", "/v2/payments/captures/:id/refund", refundCapture],
  ["GET", "/v2/payments/refunds/:id", getRefund],
  ["GET", "/v1/payments/sale/:id", getSale],
  ["GET", "/v1/billing/plans/:id", getPlan],
  ["POST", "/v1/billing/subscriptions", createSubscription],
  ["GET", "/v1/billing/subscriptions/:id", getSubscription],
  ["POST", "/v1/billing/subscriptions/:id/cancel", cancelSubscription],
  ["GET", "/v1/billing/subscriptions/:id/transactions", listTransactions],
  ["GET", "/v1/customer/disputes/:id", getDispute],
  ["GET", WEBHOOKS_PATH, listWebhooks],
];

const COMPILED = ROUTES.map(([method, path, run]) => ({
  method,
  pattern: new RegExp(`^${path.replace(":id", "([A-Za-z0-9_-]{1,60})")}$`),
  run,
}));

export function findRoute(method: string, path: string): { run: Run; id: string } | undefined {
  for (const route of COMPILED) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match) return { run: route.run, id: match[1] ?? "" };
  }
  return undefined;
}
