import type { Answer, Call, Paypal } from "./call";
import { getCapture, getRefund, refundCapture } from "./captures";
import { captureOrder, createOrder, getOrder } from "./orders";

type Run = (paypal: Paypal, call: Call, id: string) => Answer | Promise<Answer>;

/** What the API offers to a caller with a token. `:id` is the name of what is asked for. */
const ROUTES: readonly (readonly [method: string, path: string, run: Run])[] = [
  ["POST", "/v2/checkout/orders", createOrder],
  ["GET", "/v2/checkout/orders/:id", getOrder],
  ["POST", "/v2/checkout/orders/:id/capture", captureOrder],
  ["GET", "/v2/payments/captures/:id", getCapture],
  ["POST", "/v2/payments/captures/:id/refund", refundCapture],
  ["GET", "/v2/payments/refunds/:id", getRefund],
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
