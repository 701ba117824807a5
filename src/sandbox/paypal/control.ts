import { announcePayment } from "./announce-payment";
import { activate, bill, changeStatus, type Ending } from "./billing";
import type { Paypal } from "./call";
import { statusOf } from "./captures";
import type { Collection } from "./collection";
import { openDispute, resolveDispute } from "./disputes";
import { approveOrder } from "./orders";
import { PAYER } from "./parties";
import { PaypalProblem } from "./problem";
import { endRefund, makeRefund, minorToRefund } from "./refunds";
import type { Outcome, Records, Subscription } from "./state";
import type { SignedEvent, SignRequest } from "./webhooks";

/** A thing the control API cannot do; `field` names what it was asked about. */
export class ControlRefusal extends Error {
  constructor(
    readonly status: 400 | 404 | 409,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

export interface OrderApproval {
  orderId: string;
  outcome?: Outcome;
}

export interface SubscriptionApproval {
  subscriptionId: string;
  /** What becomes of the first month; a card declined here would leave the subscription unapproved. */
  outcome?: Exclude<Outcome, "declined">;
}

/** Everything that happens at PayPal without the app: the payer's part, the reviewer's, the clock's. */
export interface PaypalControl {
  /** The payer approves. `outcome` (default completed) is what becomes of the payment. */
  approve(target: OrderApproval): Promise<{ orderId: string; payerId: string }>;
  /** The payer subscribes, and the first month is taken. */
  approve(target: SubscriptionApproval): Promise<{ subscriptionId: string; payerId: string; saleId: string }>;
  /** A payment under review goes through; like everything below, a subscription's sale too. */
  complete(target: { captureId: string }): Promise<{ captureId: string; status: string }>;
  /** A payment under review is turned down. */
  deny(target: { captureId: string }): Promise<{ captureId: string; status: string }>;
  /** The seller refunds by hand, on PayPal's own pages: `value`, or all that is left. */
  refund(target: { captureId: string; value?: string }): Promise<{ refundId: string }>;
  /** A refund that was under way (fault `refund-pending`) is made, or comes to nothing. */
  endRefund(target: { refundId: string; outcome: "completed" | "failed" }): Promise<{ refundId: string }>;
  /** The payer disputes the payment. */
  dispute(target: { captureId: string }): Promise<{ disputeId: string }>;
  /** PayPal decides; for the buyer, it gives back what is left of the payment. */
  resolve(target: {
    disputeId: string;
    outcome: "seller" | "buyer";
  }): Promise<{ disputeId: string; refundId?: string }>;
  /** The next month of an active subscription falls due. A declined one leaves `failed_payments_count` one higher. */
  bill(target: { subscriptionId: string; outcome?: Outcome }): Promise<{ subscriptionId: string; saleId: string }>;
  suspend(target: { subscriptionId: string }): Promise<{ subscriptionId: string; status: string }>;
  cancel(target: { subscriptionId: string }): Promise<{ subscriptionId: string; status: string }>;
  expire(target: { subscriptionId: string }): Promise<{ subscriptionId: string; status: string }>;
  /** What happened before, for demo data: kept as it is given, and nobody is told. */
  remember(past: Records): Promise<void>;
  /** Every event since the start or the last reset, oldest first, sent or not. */
  events(): Promise<SignedEvent[]>;
  /** Signs any event, so that a test can send what PayPal never would. */
  sign(request: SignRequest): Promise<Pick<SignedEvent, "headers" | "body">>;
  /** Sends one event again, or all that the app has not accepted; without waiting for the answer. */
  resend(target?: { eventId?: string }): { sent: number };
  /** Where events go from now on, and which kinds it is said to be for; without an address they stay here. */
  setWebhook(target: { url?: string; webhookId?: string; eventTypes?: string[] }): void;
  /** False keeps events back until they are resent; true sends those to come. */
  deliver(on: boolean): void;
  /** Resolves when every event on its way was tried once. */
  settled(): Promise<void>;
}

export function createPaypalControl(paypal: Paypal): PaypalControl {
  const { state, webhooks } = paypal;

  async function find<T extends { id: string; createdAt: number }>(from: Collection<T>, id: string, field: string) {
    await state.ready();
    const found = from.get(id);
    if (!found) throw new ControlRefusal(404, field, `${field}: there is no ${id}`);
    return found;
  }

  /** Checked after the last wait before the change, so that two at once cannot both pass. */
  function requireStatus({ status }: Subscription, ...fitting: Subscription["status"][]): void {
    if (fitting.includes(status)) return;
    throw conflict("subscriptionId", `it is ${status}, not ${fitting.join(" or ")}`);
  }

  function approve(target: OrderApproval): Promise<{ orderId: string; payerId: string }>;
  function approve(target: SubscriptionApproval): Promise<{ subscriptionId: string; payerId: string; saleId: string }>;
  async function approve(target: OrderApproval | SubscriptionApproval): Promise<object> {
    const payerId = PAYER.payer_id;
    if ("orderId" in target) {
      const { orderId, outcome = "completed" } = target;
      await approveOrder(paypal, await find(state.orders, orderId, "orderId"), outcome);
      return { orderId, payerId };
    }
    const { subscriptionId, outcome = "completed" } = target;
    const subscription = await find(state.subscriptions, subscriptionId, "subscriptionId");
    requireStatus(subscription, "APPROVAL_PENDING");
    const sale = await activate(paypal, subscription, outcome);
    return { subscriptionId, payerId, saleId: sale.id };
  }

  async function endReview(captureId: string, status: "COMPLETED" | "DECLINED") {
    const payment = await find(state.payments, captureId, "captureId");
    if (payment.status !== "PENDING") throw conflict("captureId", `it is ${statusOf(payment)}, not PENDING`);
    payment.status = status;
    payment.updatedAt = Date.now();
    await state.payments.save(payment);
    announcePayment(paypal, payment);
    return { captureId, status };
  }

  async function end(subscriptionId: string, status: Ending) {
    const subscription = await find(state.subscriptions, subscriptionId, "subscriptionId");
    requireStatus(subscription, "ACTIVE", "SUSPENDED");
    await changeStatus(paypal, subscription, status);
    return { subscriptionId, status };
  }

  return {
    approve,
    complete: ({ captureId }) => endReview(captureId, "COMPLETED"),
    deny: ({ captureId }) => endReview(captureId, "DECLINED"),

    async refund({ captureId, value }) {
      const payment = await find(state.payments, captureId, "captureId");
      const { currency } = payment.amount;
      const minor = refusing("value", () =>
        minorToRefund(paypal, payment, value === undefined ? undefined : { currency_code: currency, value }),
      );
      const { id } = await makeRefund(paypal, payment, { minor });
      return { refundId: id };
    },

    async endRefund({ refundId, outcome }) {
      await state.ready();
      const payment = state.payments.find(({ refunds }) => refunds.some(({ id }) => id === refundId));
      const refund = payment?.refunds.find(({ id }) => id === refundId);
      if (!payment || !refund) throw new ControlRefusal(404, "refundId", `refundId: there is no ${refundId}`);
      if (refund.status !== "PENDING") throw conflict("refundId", `it is ${refund.status}, not PENDING`);
      await endRefund(paypal, payment, refund, outcome === "completed" ? "COMPLETED" : "FAILED");
      return { refundId };
    },

    async dispute({ captureId }) {
      const payment = await find(state.payments, captureId, "captureId");
      if (payment.status !== "COMPLETED") throw conflict("captureId", `it is ${payment.status}, not COMPLETED`);
      const { id } = await openDispute(paypal, payment);
      return { disputeId: id };
    },

    async resolve({ disputeId, outcome }) {
      const dispute = await find(state.disputes, disputeId, "disputeId");
      if (dispute.status !== "OPEN") throw conflict("disputeId", `it is ${dispute.status}, not OPEN`);
      const refund = await resolveDispute(paypal, dispute, outcome);
      return { disputeId, ...(refund && { refundId: refund.id }) };
    },

    async bill({ subscriptionId, outcome = "completed" }) {
      const subscription = await find(state.subscriptions, subscriptionId, "subscriptionId");
      requireStatus(subscription, "ACTIVE");
      const sale = await bill(paypal, subscription, outcome);
      return { subscriptionId, saleId: sale.id };
    },
    suspend: ({ subscriptionId }) => end(subscriptionId, "SUSPENDED"),
    cancel: ({ subscriptionId }) => end(subscriptionId, "CANCELLED"),
    expire: ({ subscriptionId }) => end(subscriptionId, "EXPIRED"),

    async remember({ orders, payments, subscriptions }) {
      await state.ready();
      await Promise.all([
        ...orders.map((record) => state.orders.save(record)),
        ...payments.map((record) => state.payments.save(record)),
        ...subscriptions.map((record) => state.subscriptions.save(record)),
      ]);
    },

    events: () => webhooks.events(),
    sign: (request) => webhooks.sign(request),
    resend: ({ eventId } = {}) => ({ sent: webhooks.resend(eventId) }),
    setWebhook: ({ url, webhookId, eventTypes }) => webhooks.setTarget(url, webhookId, eventTypes),
    deliver: (on) => webhooks.deliver(on),
    settled: () => webhooks.settled(),
  };
}

function conflict(field: string, why: string): ControlRefusal {
  return new ControlRefusal(409, field, `${field}: ${why}`);
}

/** What PayPal's API would refuse, the control API refuses in its own form. */
function refusing<T>(field: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof PaypalProblem)) throw error;
    throw conflict(field, error.details[0]?.description ?? error.message);
  }
}
