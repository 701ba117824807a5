import { Purchase, type PurchaseDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { paymentProvider } from "@/server/providers/configured";
import type { CaptureRefusal } from "@/server/providers/payment-provider";
import { callSignal } from "./call-signal";
import { notePurchase } from "./note-purchase";
import { settlePurchase } from "./settle-purchase";

/**
 * Takes the money of an order its buyer agreed to, then settles the purchase. Safe to repeat: PayPal captures an order
 * once, and a crash in between is found by the sweep, which comes here again.
 * @returns the purchase as it stands, and why PayPal took nothing, if it did not.
 * @throws ProviderError when PayPal cannot be asked: the purchase stays open.
 */
export async function takePayment(
  purchase: PurchaseDoc,
  requestId: string,
  log: Logger,
): Promise<{ purchase: PurchaseDoc; refused?: CaptureRefusal }> {
  const { _id: id, orderId, attempts } = purchase;
  if (purchase.captureId) return { purchase: await settlePurchase(purchase, requestId, log) };
  if (!orderId) return { purchase };
  await Purchase.beginCapture(id, soon());
  const answer = await paymentProvider().captureOrder(orderId, `capture_${id}_${attempts}`, callSignal());
  if ("refused" in answer) {
    const gone = answer.refused === "gone";
    await Purchase.endCapture(id, {
      state: gone ? "ABANDONED" : "CREATED",
      checkAt: gone ? undefined : new Date(Date.now() + policy.payments.openRecheckMs),
    });
    log.info({ purchase: id, refused: answer.refused }, "nothing captured");
    const left = await reread(purchase);
    if (gone) notePurchase(log, left);
    return { purchase: left, refused: answer.refused };
  }
  await Purchase.setCapture(id, answer.captureId, soon());
  return { purchase: await settlePurchase(await reread(purchase), requestId, log) };
}

const soon = () => new Date(Date.now() + policy.payments.recheckMs);

const reread = async (purchase: PurchaseDoc) => (await Purchase.findById(purchase._id).lean()) ?? purchase;
