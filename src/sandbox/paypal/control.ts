import type { Paypal } from "./call";
import { makeRefund, minorToRefund, statusOf } from "./captures";
import type { Collection } from "./collection";
import { announceCapture, approveOrder } from "./orders";
import { PAYER } from "./parties";
import { PaypalProblem } from "./problem";
import type { Outcome, Payment } from "./state";
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

/** Everything that happens at PayPal without the app: the payer's part, the reviewer's, the clock's. */
export interface PaypalControl {
  /** The payer approves. `outcome` (default completed) is what becomes of the payment. */
  approve(target: { orderId: string; outcome?: Outcome }): Promise<{ orderId: string; payerId: string }>;
  /** A payment under review goes through. */
  complete(target: { captureId: string }): Promise<{ captureId: string; status: string }>;
  /** A payment under review is turned down. */
  deny(target: { captureId: string }): Promise<{ captureId: string; status: string }>;
  /** The seller refunds by hand, on PayPal's own pages: `value`, or all that is left. */
  refund(target: { captureId: string; value?: string }): Promise<{ refundId: string }>;
  /** Every event since the start or the last reset, oldest first, sent or not. */
  events(): Promise<SignedEvent[]>;
  /** Signs any event, so that a test can send what PayPal never would. */
  sign(request: SignRequest): Promise<Pick<SignedEvent, "headers" | "body">>;
  /** Sends one event again, or all that the app has not accepted; without waiting for the answer. */
  resend(target?: { eventId?: string }): { sent: number };
  /** Where events go from now on; without an address they stay here. */
  setWebhook(target: { url?: string; webhookId?: string }): void;
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

  async function endReview(captureId: string, status: "COMPLETED" | "DECLINED") {
    const payment = await find(state.payments, captureId, "captureId");
    if (payment.status !== "PENDING") throw conflict("captureId", `it is ${statusOf(payment)}, not PENDING`);
    payment.status = status;
    payment.updatedAt = Date.now();
    await state.payments.save(payment);
    announce(payment);
    return { captureId, status };
  }

  function announce(payment: Payment): void {
    announceCapture(paypal, payment);
  }

  return {
    async approve({ orderId, outcome = "completed" }) {
      const order = await find(state.orders, orderId, "orderId");
      await approveOrder(paypal, order, outcome);
      return { orderId, payerId: PAYER.payer_id };
    },
    complete: ({ captureId }) => endReview(captureId, "COMPLETED"),
    deny: ({ captureId }) => endReview(captureId, "DECLINED"),

    async refund({ captureId, value }) {
      const payment = await find(state.payments, captureId, "captureId");
      const { currency } = payment.amount;
      const minor = refusing("value", () =>
        minorToRefund(payment, value === undefined ? undefined : { currency_code: currency, value }),
      );
      const { id } = await makeRefund(paypal, payment, { minor });
      return { refundId: id };
    },

    events: () => webhooks.events(),
    sign: (request) => webhooks.sign(request),
    resend: ({ eventId } = {}) => ({ sent: webhooks.resend(eventId) }),
    setWebhook: ({ url, webhookId }) => webhooks.setTarget(url, webhookId),
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
