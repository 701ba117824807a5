import type { Money } from "@/shared/money";
import type { WebhookDelivery, WebhookRefusal } from "./webhook-delivery";

/** A payment that was asked for: what for, how much, and where the buyer comes back to. */
export interface NewOrder {
  /** Our purchase's id: written into the order, and the key under which a repeat gets the same order. */
  purchaseId: string;
  price: Money;
  description: string;
  returnUrl: string;
  cancelUrl: string;
}

export interface CreatedOrder {
  orderId: string;
  /** The provider's page on which the buyer agrees; the return address when a repeat finds that done already. */
  approveUrl: string;
  /** Who will get the money: us, by the provider's word. */
  payee: string | undefined;
}

/** How far a payment is. `refunded` says how much of a completed one went back. */
export type CaptureStatus = "COMPLETED" | "PENDING" | "DECLINED" | "PARTIALLY_REFUNDED" | "REFUNDED";

export interface Capture {
  id: string;
  status: CaptureStatus;
  /** Undefined when the provider wrote something that is not an amount. */
  price: Money | undefined;
  /** Our purchase's id, as the order carried it. */
  purchaseId: string | undefined;
  orderId: string | undefined;
  payee: string | undefined;
  at: Date;
}

export interface Order {
  id: string;
  status: "OPEN" | "APPROVED" | "COMPLETED" | "VOIDED";
  purchaseId: string | undefined;
  captureIds: string[];
  refundIds: string[];
}

export interface Refund {
  id: string;
  /** The capture, or the subscription's sale, whose money went back. */
  captureId: string;
  status: "COMPLETED" | "PENDING" | "FAILED" | "CANCELLED";
  money: Money | undefined;
}

export interface Dispute {
  id: string;
  /** The captures it is about. */
  captureIds: string[];
  /** `won`: the money stays ours; `lost`: it went back. */
  state: "open" | "won" | "lost";
  money: Money | undefined;
}

export interface Plan {
  id: string;
  price: Money;
  /** What one payment pays for. */
  every: { unit: "DAY" | "WEEK" | "MONTH" | "YEAR"; count: number };
}

export interface NewSubscription {
  planId: string;
  /** The subscriber's id, carried by the subscription. */
  userId: string;
  /** A repeat with the same key gets the same subscription. */
  key: string;
  returnUrl: string;
  cancelUrl: string;
}

export interface ProviderSubscription {
  id: string;
  status: "APPROVAL_PENDING" | "ACTIVE" | "SUSPENDED" | "CANCELLED" | "EXPIRED";
  planId: string;
  userId: string | undefined;
  /** When it will be charged next; absent when it will not. */
  nextBillingAt: Date | undefined;
  startedAt: Date;
}

/** One payment of a subscription. */
export interface Sale {
  id: string;
  status: CaptureStatus;
  money: Money | undefined;
  at: Date;
}

/** An address the provider tells what happens. */
export interface Webhook {
  id: string;
  url: string;
  /** The kinds of event it is told of; `*` stands for all. */
  events: string[];
}

/** Why a capture was refused for now: the buyer has not agreed, the card was declined, or the order is gone. */
export type CaptureRefusal = "not-approved" | "declined" | "gone";

/**
 * Why a refund was refused, for good or for now: nothing or less is left, the payment is not through, somebody disputes
 * it, it is too old, our balance is too low, or the provider does not allow it for a reason of its own.
 */
export type RefundRefusal =
  | "nothing-left"
  | "too-much"
  | "pending"
  | "disputed"
  | "too-late"
  | "no-funds"
  | "not-allowed";

/**
 * Takes money. Holds no retries and no state of ours; every failure is a ProviderError, and an abort throws the
 * signal's reason.
 */
export interface PaymentProvider {
  readonly name: "paypal";
  /** True when no real money moves. */
  readonly sandbox: boolean;
  createOrder(order: NewOrder, signal: AbortSignal): Promise<CreatedOrder>;
  /**
   * Takes the money of an approved order. A repeat with the same key, or of an order already captured, answers with the
   * capture there is. Never throws for a refusal: that is an answer.
   */
  captureOrder(
    orderId: string,
    key: string,
    signal: AbortSignal,
  ): Promise<{ captureId: string } | { refused: CaptureRefusal }>;
  /** Null when the provider knows no such order (any more). The same for the other readers. */
  getOrder(orderId: string, signal: AbortSignal): Promise<Order | null>;
  getCapture(captureId: string, signal: AbortSignal): Promise<Capture | null>;
  getRefund(refundId: string, signal: AbortSignal): Promise<Refund | null>;
  getDispute(disputeId: string, signal: AbortSignal): Promise<Dispute | null>;
  /**
   * Gives money back: all that is left, or `part`. A repeat with the same key refunds once. Never throws for a refusal:
   * that is an answer. After a failure nobody knows whether the money went back, until it is repeated.
   */
  refundCapture(
    captureId: string,
    key: string,
    part: Money | undefined,
    signal: AbortSignal,
  ): Promise<Refund | { refused: RefundRefusal }>;
  getPlan(planId: string, signal: AbortSignal): Promise<Plan | null>;
  createSubscription(
    subscription: NewSubscription,
    signal: AbortSignal,
  ): Promise<{ subscriptionId: string; approveUrl: string }>;
  getSubscription(subscriptionId: string, signal: AbortSignal): Promise<ProviderSubscription | null>;
  /** Charges no more. Does nothing to a subscription that has ended. */
  cancelSubscription(subscriptionId: string, reason: string, signal: AbortSignal): Promise<void>;
  /** Every payment of a subscription in a span of time, oldest first. */
  listSales(subscriptionId: string, from: Date, to: Date, signal: AbortSignal): Promise<Sale[]>;
  /** Every webhook registered for our keys. */
  listWebhooks(signal: AbortSignal): Promise<Webhook[]>;
}

/** A message of the provider's whose signature was checked. Its contents are a hint: the facts are read again. */
export interface WebhookEvent {
  id: string;
  type: string;
  /** The resource the event is about, unread. */
  resource: Record<string, unknown>;
}

/** Tells the provider's own messages from everyone else's, without asking the provider. */
export interface WebhookVerifier {
  verify(delivery: WebhookDelivery, signal: AbortSignal): Promise<WebhookEvent | { refused: WebhookRefusal }>;
}
