import { Purchase, type PurchaseDoc } from "@models";
import { z } from "zod";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { paymentProvider } from "@/server/providers/configured";
import type { WebhookEvent } from "@/server/providers/payment-provider";
import { writeAudit } from "@/server/services/audit/write-audit";
import { callSignal } from "./call-signal";
import { settlePayment, settlePurchase } from "./settle-purchase";
import { syncSubscription } from "./sync-subscription";
import { recordDispute, recordRefund } from "./take-back";
import { takePayment } from "./take-payment";

/** The ids an event can name. Nothing else of it is believed: the facts are read from PayPal. */
const namedIds = z.object({
  id: z.string().optional(),
  dispute_id: z.string().optional(),
  billing_agreement_id: z.string().optional(),
  sale_id: z.string().optional(),
});

type Ids = z.infer<typeof namedIds>;

interface Call {
  ids: Ids;
  requestId: string;
  log: Logger;
}

/** What each kind of event makes us look at again. The first prefix that fits decides. */
const HANDLERS: [prefix: string, handle: (call: Call) => Promise<void>][] = [
  ["CHECKOUT.ORDER.", handleOrder],
  ["PAYMENT.CAPTURE.", handleCapture],
  ["PAYMENT.SALE.", handleSale],
  ["BILLING.SUBSCRIPTION.", ({ ids, requestId, log }) => syncSubscription(ids.id ?? "", requestId, log)],
  ["CUSTOMER.DISPUTE.", handleDispute],
];

/**
 * Acts on a message of PayPal's: looks up what it is about and brings it to what PayPal says now. So the order of
 * messages, and how often each comes, make no difference.
 * @returns false for a kind of message that means nothing here.
 * @throws ProviderError when PayPal cannot be asked: the message is to be tried again.
 */
export async function processEvent(event: WebhookEvent, requestId: string, log: Logger): Promise<boolean> {
  const handler = HANDLERS.find(([prefix]) => event.type.startsWith(prefix));
  const ids = namedIds.safeParse(event.resource);
  if (!handler || !ids.success) return false;
  await handler[1]({ ids: ids.data, requestId, log });
  return true;
}

/** The buyer agreed to pay: if they closed the page at that moment, nobody else will take the money. */
async function handleOrder({ ids, requestId, log }: Call): Promise<void> {
  const purchase = await Purchase.findOne({ orderId: ids.id ?? "" }).lean();
  if (purchase) await takePayment(purchase, requestId, log);
}

/** About a payment, or about a refund of one: the id says which when PayPal is asked. */
async function handleCapture({ ids, requestId, log }: Call): Promise<void> {
  const { id = "" } = ids;
  const refund = await paymentProvider().getRefund(id, callSignal());
  const captureId = refund?.captureId ?? id;
  const purchase = await settleCapture(captureId, requestId, log);
  if (!purchase || !refund) return;
  await recordRefund(purchase._id, refund, requestId);
  await settlePurchase(await reread(purchase), requestId, log);
}

/** Finds the purchase a capture paid for, by what PayPal says of the capture, and settles it. */
async function settleCapture(captureId: string, requestId: string, log: Logger): Promise<PurchaseDoc | undefined> {
  const capture = await paymentProvider().getCapture(captureId, callSignal());
  const purchase = capture && (await Purchase.findById(capture.purchaseId ?? "").lean());
  if (!purchase) {
    log.info({ capture: captureId }, "payment for nothing of ours");
    return undefined;
  }
  const soon = new Date(Date.now() + policy.payments.recheckMs);
  const isOurs = capture.orderId === undefined || capture.orderId === purchase.orderId;
  if (isOurs && (await Purchase.setCapture(purchase._id, captureId, soon))) {
    return settlePayment(await reread(purchase), capture, requestId, log);
  }
  await writeAudit({
    id: `second_${captureId}`,
    actor: "paypal",
    action: "payment.refused",
    subject: purchase._id,
    note: `Capture ${captureId} does not belong to this purchase's order, or it was paid before. Nothing was granted for it.`,
    requestId,
  });
  return undefined;
}

/** About a payment of a subscription, or about a refund of one. */
async function handleSale({ ids, requestId, log }: Call): Promise<void> {
  const { id = "", sale_id: refundedSale, billing_agreement_id: subscriptionId } = ids;
  if (subscriptionId) await syncSubscription(subscriptionId, requestId, log);
  const purchase = await Purchase.findOne({ captureId: refundedSale ?? id }).lean();
  if (!purchase) return;
  const refund = refundedSale ? await paymentProvider().getRefund(id, callSignal()) : null;
  if (refund?.captureId === refundedSale && refund) await recordRefund(purchase._id, refund, requestId);
  await settlePurchase(await reread(purchase), requestId, log);
  if (purchase.subscriptionId) await syncSubscription(purchase.subscriptionId, requestId, log);
}

async function handleDispute({ ids, requestId, log }: Call): Promise<void> {
  const dispute = await paymentProvider().getDispute(ids.dispute_id ?? ids.id ?? "", callSignal());
  for (const captureId of dispute?.captureIds ?? []) {
    const purchase = (await Purchase.findOne({ captureId }).lean()) ?? (await settleCapture(captureId, requestId, log));
    if (!purchase || !dispute) continue;
    await recordDispute(purchase._id, dispute, requestId);
    await settlePurchase(await reread(purchase), requestId, log);
  }
}

const reread = async (purchase: PurchaseDoc) => (await Purchase.findById(purchase._id).lean()) ?? purchase;
