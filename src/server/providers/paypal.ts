import { failure } from "./explain-failure";
import type { CaptureRefusal, PaymentProvider, RefundRefusal, Sale } from "./payment-provider";
import {
  createPaypalRequests,
  idInPath,
  isRefusedFor,
  isUnknown,
  type PaypalAccount,
  type PaypalCall,
  PaypalRefusal,
} from "./paypal-requests";
import * as wire from "./paypal-wire";

export interface PaypalOptions extends PaypalAccount {
  /** The account the money is for; without one it is the account whose keys these are. */
  merchantId?: string;
  /** What the buyer reads on PayPal's page. */
  brandName?: string;
  sandbox: boolean;
  /** Stands in place of `baseUrl` in the links that buyers follow, when they cannot reach that themselves. */
  approveBase?: string;
}

const CAPTURED = new Set(["ORDER_ALREADY_CAPTURED", "ORDER_ALREADY_COMPLETED", "ORDER_COMPLETED_OR_VOIDED"]);
const NOT_APPROVED = new Set(["ORDER_NOT_APPROVED"]);
const GONE = new Set(["ORDER_EXPIRED", "ORDER_VOIDED"]);
/** Another card or another account might do; this one will not. */
const DECLINED = new Set([
  "CARD_BRAND_NOT_SUPPORTED",
  "CARD_EXPIRED",
  "COMPLIANCE_VIOLATION",
  "DECLINED_DUE_TO_RELATED_TXN",
  "DOMESTIC_TRANSACTION_REQUIRED",
  "INSTRUMENT_DECLINED",
  "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED",
  "PAYEE_BLOCKED_TRANSACTION",
  "PAYER_ACCOUNT_LOCKED_OR_CLOSED",
  "PAYER_ACCOUNT_RESTRICTED",
  "PAYER_ACTION_REQUIRED",
  "PAYER_CANNOT_PAY",
  "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING",
  "REFERENCED_CARD_EXPIRED",
  "TRANSACTION_BLOCKED_BY_PAYEE",
  "TRANSACTION_LIMIT_EXCEEDED",
  "TRANSACTION_RECEIVING_LIMIT_EXCEEDED",
  "TRANSACTION_REFUSED",
]);
const REFUND_REFUSALS: Record<string, RefundRefusal> = {
  CAPTURE_DISPUTED_PARTIAL_REFUND_NOT_ALLOWED: "disputed",
  CAPTURE_FULLY_REFUNDED: "nothing-left",
  PENDING_CAPTURE: "pending",
  REFUND_AMOUNT_EXCEEDED: "too-much",
  REFUND_FAILED_INSUFFICIENT_FUNDS: "no-funds",
  REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK: "disputed",
  REFUND_TIME_LIMIT_EXCEEDED: "too-late",
  TRANSACTION_DISPUTED: "disputed",
};
/** Not a "no": the same request is under way. */
const IN_PROGRESS = new Set(["PREVIOUS_REQUEST_IN_PROGRESS"]);
const ENDED = new Set(["SUBSCRIPTION_STATUS_INVALID"]);

/** PayPal cuts nothing short itself: it refuses. */
const MAX_TEXT = 127;
/** More pages than any span of a subscription can fill; it stops a list that never ends. */
const MAX_PAGES = 100;

/** PayPal's orders, payments, disputes and subscriptions, over its REST API. */
export function createPaypal(options: PaypalOptions): PaymentProvider {
  const { merchantId, brandName, sandbox } = options;
  const { send } = createPaypalRequests(options);
  const brand = brandName === undefined ? {} : { brand_name: brandName.slice(0, MAX_TEXT) };

  const orderPath = (orderId: string) => `/v2/checkout/orders/${idInPath(orderId)}`;
  const capturePath = (captureId: string) => `/v2/payments/captures/${idInPath(captureId)}`;
  const subscriptionPath = (subscriptionId: string) => `/v1/billing/subscriptions/${idInPath(subscriptionId)}`;

  /** The thing at a path; null when PayPal does not know it. */
  async function find<T>(path: () => string, reply: PaypalCall<T>["reply"], signal: AbortSignal): Promise<T | null> {
    try {
      return await send({ method: "GET", path: path(), reply }, signal);
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  }

  const getOrder: PaymentProvider["getOrder"] = (orderId, signal) => find(() => orderPath(orderId), wire.order, signal);

  /** The capture of an order that was captured before, in a request whose answer was lost. */
  async function earlierCapture(orderId: string, signal: AbortSignal) {
    const order = await getOrder(orderId, signal);
    if (!order || order.status === "VOIDED") return { refused: "gone" as const };
    const [captureId] = order.captureIds;
    if (captureId === undefined) throw failure({ provider: "paypal", kind: "malformed" });
    return { captureId };
  }

  return {
    name: "paypal",
    sandbox,
    async createOrder({ purchaseId, price, description, returnUrl, cancelUrl }, signal) {
      const body = {
        intent: "CAPTURE",
        purchase_units: [
          {
            custom_id: purchaseId,
            description: description.slice(0, MAX_TEXT),
            amount: wire.writeAmount(price),
            ...(merchantId !== undefined && { payee: { merchant_id: merchantId } }),
          },
        ],
        payment_source: {
          paypal: {
            experience_context: {
              ...brand,
              return_url: returnUrl,
              cancel_url: cancelUrl,
              user_action: "PAY_NOW",
              shipping_preference: "NO_SHIPPING",
            },
          },
        },
      };
      const { id, approveUrl, payee } = await send(
        { method: "POST", path: "/v2/checkout/orders", reply: wire.createdOrder, body, key: purchaseId },
        signal,
      );
      return { orderId: id, approveUrl: approveUrl ? reachable(approveUrl, options) : returnUrl, payee };
    },
    async captureOrder(orderId, key, signal) {
      try {
        const path = `${orderPath(orderId)}/capture`;
        const { captureId, needsPayer } = await send({ method: "POST", path, reply: wire.capturedOrder, key }, signal);
        if (captureId !== undefined) return { captureId };
        if (needsPayer) return { refused: "declined" };
        throw failure({ provider: "paypal", kind: "malformed" });
      } catch (error) {
        if (isRefusedFor(error, CAPTURED)) return earlierCapture(orderId, signal);
        const refused = refusalOf(error);
        if (!refused) throw error;
        return { refused };
      }
    },
    getOrder,
    getCapture: (captureId, signal) => find(() => capturePath(captureId), wire.capture, signal),
    getRefund: (refundId, signal) => find(() => `/v2/payments/refunds/${idInPath(refundId)}`, wire.refund, signal),
    getDispute: (disputeId, signal) => find(() => `/v1/customer/disputes/${idInPath(disputeId)}`, wire.dispute, signal),
    async refundCapture(captureId, key, part, signal) {
      const path = `${capturePath(captureId)}/refund`;
      const body = part && { amount: wire.writeAmount(part) };
      try {
        return await send({ method: "POST", path, reply: wire.refund, body, key }, signal);
      } catch (error) {
        const refused = refundRefusalOf(error);
        if (!refused) throw error;
        return { refused };
      }
    },
    getPlan: (planId, signal) => find(() => `/v1/billing/plans/${idInPath(planId)}`, wire.plan, signal),
    async createSubscription({ planId, userId, key, returnUrl, cancelUrl }, signal) {
      const body = {
        plan_id: planId,
        custom_id: userId,
        application_context: {
          ...brand,
          return_url: returnUrl,
          cancel_url: cancelUrl,
          user_action: "SUBSCRIBE_NOW",
          shipping_preference: "NO_SHIPPING",
        },
      };
      const { id, approveUrl } = await send(
        { method: "POST", path: "/v1/billing/subscriptions", reply: wire.createdSubscription, body, key },
        signal,
      );
      return { subscriptionId: id, approveUrl: approveUrl ? reachable(approveUrl, options) : returnUrl };
    },
    getSubscription: (subscriptionId, signal) =>
      find(() => subscriptionPath(subscriptionId), wire.subscription, signal),
    async cancelSubscription(subscriptionId, reason, signal) {
      const path = `${subscriptionPath(subscriptionId)}/cancel`;
      try {
        await send({ method: "POST", path, reply: wire.nothing, body: { reason: reason.slice(0, MAX_TEXT) } }, signal);
      } catch (error) {
        if (!isRefusedFor(error, ENDED)) throw error;
      }
    },
    async listSales(subscriptionId, from, to, signal) {
      const path = `${subscriptionPath(subscriptionId)}/transactions`;
      const span = new URLSearchParams({ start_time: from.toISOString(), end_time: to.toISOString() });
      const sales: Sale[] = [];
      let query: string | undefined = `?${span}`;
      for (let page = 0; query && page < MAX_PAGES; page += 1) {
        const reply: { sales: Sale[]; next: string | undefined } = await send(
          { method: "GET", path: path + query, reply: wire.salesPage },
          signal,
        );
        sales.push(...reply.sales);
        query = reply.next;
      }
      // Half a list would look like payments that were never made.
      if (query) throw failure({ provider: "paypal", kind: "malformed" });
      return sales.sort((one, other) => one.at.getTime() - other.at.getTime());
    },
    listWebhooks: (signal) => send({ method: "GET", path: "/v1/notifications/webhooks", reply: wire.webhooks }, signal),
  };
}

/** What a refused capture means for the buyer; undefined when it is a failure. */
function refusalOf(error: unknown): CaptureRefusal | undefined {
  if (isUnknown(error) || isRefusedFor(error, GONE)) return "gone";
  if (isRefusedFor(error, NOT_APPROVED)) return "not-approved";
  if (isRefusedFor(error, DECLINED)) return "declined";
  return undefined;
}

/** Why a refund was refused; undefined when that is a failure, after which nobody knows. */
function refundRefusalOf(error: unknown): RefundRefusal | undefined {
  if (!(error instanceof PaypalRefusal) || isRefusedFor(error, IN_PROGRESS)) return undefined;
  const known = error.issues.map((issue) => REFUND_REFUSALS[issue]).find((refusal) => refusal !== undefined);
  if (known) return known;
  const isRule = error.failure.status === 422 && error.issues.length > 0;
  return isRule || isUnknown(error) ? "not-allowed" : undefined;
}

/** The approval page's address as the buyer's browser can reach it. */
function reachable(link: string, { baseUrl, approveBase }: PaypalOptions): string {
  if (approveBase === undefined) return link;
  const { pathname, search } = new URL(link);
  const prefix = new URL(baseUrl).pathname.replace(/\/$/, "");
  return approveBase + (pathname.startsWith(prefix) ? pathname.slice(prefix.length) : pathname) + search;
}
