import { z } from "zod";
import { announcePayment } from "./announce-payment";
import type { Answer, Call, Paypal } from "./call";
import { captureToWire } from "./captures";
import { experience } from "./experience";
import { newId } from "./ids";
import { parseAmount, toAmount, wireAmount } from "./money";
import { PAYER, SELLER } from "./parties";
import { malformed, notFound, readAs, unprocessable } from "./problem";
import { refundToWire } from "./refunds";
import type { Order, Outcome, Payment } from "./state";
import { toTime } from "./time";

const createBody = z.object({
  intent: z.enum(["CAPTURE", "AUTHORIZE"]),
  purchase_units: z
    .array(
      z.object({
        reference_id: z.string().max(256).default("default"),
        custom_id: z.string().max(255).optional(),
        description: z.string().max(127).optional(),
        amount: wireAmount,
      }),
    )
    .min(1)
    .max(10),
  payment_source: z.object({ paypal: z.object({ experience_context: experience.optional() }) }).optional(),
  application_context: experience.optional(),
});

export async function createOrder(paypal: Paypal, call: Call): Promise<Answer> {
  const { requestId } = call;
  const earlier = requestId && paypal.state.orders.find((order) => order.requestId === requestId);
  if (earlier) return { status: 200, body: toAnswer(paypal, call, earlier) };
  const { intent, purchase_units, payment_source, application_context } = readAs(createBody, call.body);
  const [unit] = purchase_units;
  if (intent !== "CAPTURE" || !unit || purchase_units.length > 1) {
    throw malformed("/purchase_units", "NOT_SUPPORTED", "The sandbox takes one purchase unit, to be captured.");
  }
  const context = payment_source?.paypal.experience_context ?? application_context;
  const order: Order = {
    id: newId(),
    requestId,
    createdAt: Date.now(),
    referenceId: unit.reference_id,
    customId: unit.custom_id,
    description: unit.description,
    amount: parseAmount(unit.amount, "/purchase_units/0/amount"),
    hasSource: payment_source !== undefined,
    brandName: context?.brand_name,
    returnUrl: context?.return_url,
    cancelUrl: context?.cancel_url,
  };
  await paypal.state.orders.save(order);
  return { status: 201, body: toAnswer(paypal, call, order) };
}

export function getOrder(paypal: Paypal, _call: Call, id: string): Answer {
  return { status: 200, body: orderToWire(paypal, findOrder(paypal, id)) };
}

export async function captureOrder(paypal: Paypal, call: Call, id: string): Promise<Answer> {
  const order = findOrder(paypal, id);
  const earlier = paymentOf(paypal, order);
  if (earlier) {
    const repeated = call.requestId !== undefined && earlier.requestId === call.requestId;
    if (repeated) return { status: 200, body: orderToWire(paypal, order) };
    throw unprocessable("ORDER_ALREADY_CAPTURED", "Order already captured.");
  }
  if (!order.approval) throw unprocessable("ORDER_NOT_APPROVED", "Payer has not yet approved the Order for payment.");
  if (order.approval.outcome === "declined") {
    const description =
      "The instrument presented was either declined by the processor or bank, or it can't be used for this payment.";
    throw unprocessable("INSTRUMENT_DECLINED", description, undefined, [
      { href: approvalAddress(paypal, order), rel: "redirect", method: "GET" },
    ]);
  }
  const now = Date.now();
  const payment: Payment = {
    id: newId(),
    requestId: call.requestId,
    createdAt: now,
    updatedAt: now,
    source: { kind: "order", orderId: order.id },
    customId: order.customId,
    amount: order.amount,
    ...turnOf(call, order.approval.outcome),
    refunds: [],
  };
  await paypal.state.payments.save(payment);
  announcePayment(paypal, payment);
  return { status: 201, body: orderToWire(paypal, order) };
}

/** How the capture turns out: as a fault has it, or as it was chosen at the approval. */
function turnOf({ fault }: Call, outcome: Outcome): Pick<Payment, "status" | "untrue"> {
  const status = outcome === "pending" ? "PENDING" : "COMPLETED";
  switch (fault?.kind) {
    case "pending":
      return { status: "PENDING" };
    case "declined":
      return { status: "DECLINED" };
    case "wrong-amount":
      return { status, untrue: "amount" };
    case "wrong-currency":
      return { status, untrue: "currency" };
    case "wrong-payee":
      return { status, untrue: "payee" };
    default:
      return { status };
  }
}

/** The payer says yes. Once more after a declined card; otherwise a second yes changes nothing. */
export async function approveOrder(paypal: Paypal, order: Order, outcome: Outcome): Promise<void> {
  if (order.approval && order.approval.outcome !== "declined") return;
  order.approval = { at: Date.now(), outcome };
  await paypal.state.orders.save(order);
  paypal.webhooks.emit({
    event_type: "CHECKOUT.ORDER.APPROVED",
    resource_type: "checkout-order",
    summary: "An order has been approved by buyer",
    resource: orderToWire(paypal, order),
  });
}

export function findOrder({ state }: Paypal, id: string | undefined): Order {
  const order = state.orders.get(id);
  if (!order) throw notFound();
  return order;
}

export function paymentOf({ state }: Paypal, order: Order): Payment | undefined {
  return state.payments.find(({ source }) => source.kind === "order" && source.orderId === order.id);
}

function orderStatus(order: Order, payment: Payment | undefined): string {
  if (payment) return "COMPLETED";
  if (order.approval) return "APPROVED";
  return order.hasSource ? "PAYER_ACTION_REQUIRED" : "CREATED";
}

function toAnswer(paypal: Paypal, { full }: Call, order: Order): object {
  const { id, status, links } = orderToWire(paypal, order);
  return full ? orderToWire(paypal, order) : { id, status, links };
}

/** An order as the Orders API shows it. */
export function orderToWire(paypal: Paypal, order: Order) {
  const payment = paymentOf(paypal, order);
  const address = `${paypal.base()}/v2/checkout/orders/${order.id}`;
  const { email_address, payer_id, name } = PAYER;
  return {
    id: order.id,
    intent: "CAPTURE",
    status: orderStatus(order, payment),
    ...(order.hasSource && {
      payment_source: {
        paypal: order.approval ? { email_address, account_id: payer_id, account_status: "VERIFIED", name } : {},
      },
    }),
    purchase_units: [
      {
        reference_id: order.referenceId,
        ...(order.description !== undefined && { description: order.description }),
        ...(order.customId !== undefined && { custom_id: order.customId }),
        amount: toAmount(order.amount),
        payee: SELLER,
        ...(payment && { payments: paymentsToWire(paypal, payment) }),
      },
    ],
    ...(order.approval && { payer: PAYER }),
    create_time: toTime(order.createdAt),
    ...(order.approval && { update_time: toTime(payment?.updatedAt ?? order.approval.at) }),
    links: [
      { href: address, rel: "self", method: "GET" },
      ...(payment
        ? []
        : [
            {
              href: approvalAddress(paypal, order),
              rel: order.hasSource ? "payer-action" : "approve",
              method: "GET",
            },
            { href: `${address}/capture`, rel: "capture", method: "POST" },
          ]),
    ],
  };
}

function paymentsToWire(paypal: Paypal, payment: Payment): object {
  return {
    captures: [captureToWire(paypal, payment)],
    ...(payment.refunds.length > 0 && {
      refunds: payment.refunds.map((refund) => refundToWire(paypal, payment, refund)),
    }),
  };
}

function approvalAddress({ base }: Paypal, { id }: Order): string {
  return `${base()}/checkoutnow?token=${id}`;
}
