import { type OpenRefund, Purchase, type PurchaseDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { paymentProvider } from "@/server/providers/configured";
import type { Refund, RefundRefusal } from "@/server/providers/payment-provider";
import { writeAudit } from "@/server/services/audit/write-audit";
import { callSignal } from "./call-signal";
import { settlePurchase } from "./settle-purchase";
import { syncSubscription } from "./sync-subscription";
import { recordRefund, refundedAmount } from "./take-back";

/**
 * Has PayPal make the refund that was decided, and brings the purchase and its credits to it. Safe to repeat, at once and
 * from anywhere: PayPal makes one refund for its key, and its own message of it leads to the same entry in the books. A
 * crash in between is found by the sweep, which comes here again.
 * @returns why PayPal made none, if it did not.
 * @throws ProviderError when PayPal cannot be asked: the refund stays open.
 */
export async function finishRefund(
  purchase: PurchaseDoc,
  open: OpenRefund,
  log: Logger,
): Promise<{ refused?: RefundRefusal }> {
  const { _id: id } = purchase;
  const refund = await askForRefund(purchase, open);
  if (!("refused" in refund) && refund.status === "PENDING") {
    await Purchase.keepRefundOpen(id, open.key, refund.id);
    return {};
  }
  if ("refused" in refund || refund.status !== "COMPLETED") {
    const refused = "refused" in refund ? refund.refused : "not-allowed";
    log.warn({ purchase: id, refused }, "refund refused");
    await Purchase.closeRefund(id, open.key);
    return { refused };
  }
  const settled = await settlePurchase(await recordRefund(id, refund, open.requestId), open.requestId, log);
  await writeAudit({
    id: open.key,
    actor: open.actor,
    action: "payment.refund",
    subject: id,
    note: open.note,
    before: open.before,
    after: { state: settled.state, refunded: refundedAmount(settled), refund: refund.id, asked: open.asked },
    requestId: open.requestId,
  });
  if (purchase.subscriptionId) await syncSubscription(purchase.subscriptionId, open.requestId, log);
  await Purchase.closeRefund(id, open.key);
  log.info({ purchase: id, refund: refund.id, amount: open.amount }, "refunded");
  return {};
}

async function askForRefund(
  { captureId = "", currency }: PurchaseDoc,
  { key, amount, refundId }: OpenRefund,
): Promise<Refund | { refused: RefundRefusal }> {
  const provider = paymentProvider();
  if (!refundId) return provider.refundCapture(captureId, key, { amount, currency }, callSignal());
  return (await provider.getRefund(refundId, callSignal())) ?? { refused: "not-allowed" };
}
