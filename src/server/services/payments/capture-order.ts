import { Purchase, type PurchaseDoc } from "@models";
import type { z } from "zod";
import { isDatabaseAway } from "@/server/db/mongo-errors";
import type { Actor } from "@/server/lib/actor";
import type { CaptureRefusal } from "@/server/providers/payment-provider";
import { writeAudit } from "@/server/services/audit/write-audit";
import { getBalance } from "@/server/services/credits/get-balance";
import { AppError, toAppError } from "@/shared/errors";
import type { captureOrderInput, captureOrderOutput } from "@/shared/payments";
import { creditsGranted } from "./purchase-view";
import { takePayment } from "./take-payment";

const WHY_NOTHING: Record<CaptureRefusal, string> = {
  "not-approved": "You have not agreed to this payment at PayPal. Nothing was charged.",
  declined: "PayPal could not charge this way of paying. Nothing was charged; choose another one.",
  gone: "This order is no longer open at PayPal. Nothing was charged; start again.",
};

/**
 * The return from PayPal: takes the money and grants what was bought, once, however often it is called.
 * @throws AppError NOT_FOUND for an order that is not the caller's · PAYMENT_FAILED when nothing was charged, or what
 *   was paid is not what was ordered · PROVIDER_UNAVAILABLE · PROVIDER_TIMEOUT when PayPal cannot be asked: then the
 *   credits arrive on their own as soon as it can.
 */
export async function captureOrder(
  actor: Actor,
  { orderId }: z.infer<typeof captureOrderInput>,
): Promise<z.infer<typeof captureOrderOutput>> {
  const found = await Purchase.findOne({ orderId }).lean();
  if (!found) throw new AppError("NOT_FOUND", "We have no such order.");
  if (found.userId !== actor.user.id) await refuseForeign(actor, found);
  const { purchase, refused } = await takePayment(found, actor.requestId, actor.log).catch(explainUnsure);
  if (refused) throw new AppError("PAYMENT_FAILED", WHY_NOTHING[refused]);
  if (purchase.problem) {
    throw new AppError(
      "PAYMENT_FAILED",
      `${purchase.problem} No credits were granted; the operator has been told. Ask them with this request id.`,
    );
  }
  if (purchase.state === "DENIED") throw new AppError("PAYMENT_FAILED");
  return {
    purchaseId: purchase._id,
    state: purchase.state,
    credits: creditsGranted(purchase),
    balance: await getBalance(actor.user.id),
  };
}

/** Whatever went wrong in the middle of a payment: nobody here knows whether PayPal took the money, and nobody says so. */
function explainUnsure(cause: unknown): never {
  const code = isDatabaseAway(cause) ? "SERVICE_UNAVAILABLE" : toAppError(cause).code;
  const message =
    "We could not finish this with PayPal just now. If you were charged, your credits arrive on their own within minutes; paying twice is not possible.";
  throw new AppError(code, message, { cause });
}

async function refuseForeign(actor: Actor, { _id, userId }: PurchaseDoc): Promise<never> {
  await writeAudit({
    id: `foreign_${_id}_${actor.user.id}`,
    actor: actor.user.id,
    action: "payment.foreign-order",
    subject: _id,
    note: `Tried to capture an order of ${userId}. Nothing was captured or granted.`,
    requestId: actor.requestId,
  });
  throw new AppError("NOT_FOUND", "We have no such order.");
}
