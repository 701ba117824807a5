import { AuditEntry, type OpenRefund, Purchase, type PurchaseDoc, User } from "@models";
import { z } from "zod";
import type { Actor } from "@/server/lib/actor";
import { shortHash } from "@/server/lib/ids";
import { policy } from "@/server/lib/policy";
import type { RefundRefusal } from "@/server/providers/payment-provider";
import { ProviderError } from "@/server/providers/provider-error";
import type { AdminPayment, refundInput } from "@/shared/admin";
import { AppError, toAppError } from "@/shared/errors";
import { formatMoney } from "@/shared/money";
import { isOfProvider, refundableAmount, toAdminPayment } from "./admin-payment";
import { finishRefund } from "./finish-refund";
import { settlePurchase } from "./settle-purchase";
import { refundedAmount } from "./take-back";

type Input = z.infer<typeof refundInput>;

const TRIES = 10;

const WHY_NOT: Record<RefundRefusal, string> = {
  "nothing-left": "PayPal has given all of it back already.",
  "too-much": "PayPal has less of it left than that. Look at the payment again.",
  pending: "PayPal is still checking this payment.",
  disputed: "Somebody disputes this payment at PayPal. It is decided there.",
  "too-late": "PayPal gives this payment back no more: it is too old. Send the money another way.",
  "no-funds": "The balance at PayPal does not suffice. Fill it up, then try again.",
  "not-allowed": "PayPal does not allow this refund. Its own pages may say why.",
};

/** What the audit log keeps of a refund that was made. */
const made = z.object({ asked: z.number().nullable() });

/**
 * Gives money back at PayPal, all that is left or a part, and takes the credits it bought; what is spent of them is owed.
 * Once per idempotency key, and one at a time for each purchase. The refund is written down before PayPal is asked; what
 * is left open by a lost answer or a crash is asked for again, under the same key, by a repeat and by the sweep.
 * @throws AppError NOT_FOUND · CONFLICT when it cannot be refunded from here, or another refund is on its way ·
 *   VALIDATION when there is less left · IDEMPOTENCY_MISMATCH · PAYMENT_FAILED when PayPal refuses: nothing was given
 *   back · PROVIDER_UNAVAILABLE or PROVIDER_TIMEOUT; the message says whether the refund is open.
 */
export async function refundPurchase(actor: Actor, input: Input): Promise<AdminPayment> {
  const { purchaseId, amount: asked = null } = input;
  const key = `refund_${shortHash(`${purchaseId}:${actor.user.id}:${input.idempotencyKey}`)}`;
  const found = await Purchase.findById(purchaseId).lean();
  if (!found) throw new AppError("NOT_FOUND", "There is no such payment.");
  const earlier = await AuditEntry.findById(key, { after: 1 }).lean();
  if (earlier) {
    requireSame(made.parse(earlier.after).asked, asked);
    return viewOf(purchaseId);
  }
  const { purchase, open } = await decide(actor, found, input, key);
  if (open.key !== key) {
    throw new AppError("CONFLICT", "Another refund of this payment is on its way. Wait until it has arrived.");
  }
  requireSame(open.asked, asked);
  const { refused } = await finishRefund(purchase, open, actor.log).catch(explainUnsure);
  if (refused) throw new AppError("PAYMENT_FAILED", WHY_NOT[refused]);
  return viewOf(purchaseId);
}

/** The refund as it is written down: this one, or one that was there before it. */
async function decide(
  actor: Actor,
  found: PurchaseDoc,
  { amount, reason }: Input,
  key: string,
): Promise<{ purchase: PurchaseDoc; open: OpenRefund }> {
  if (found.openRefund) return { purchase: found, open: found.openRefund };
  requireRefundable(found);
  // PayPal's word on what is left, before anything moves: somebody may have refunded there.
  let purchase = await settlePurchase(found, actor.requestId, actor.log).catch(explainNothingDone);
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (purchase.openRefund) return { purchase, open: purchase.openRefund };
    requireRefundable(purchase);
    const left = refundableAmount(purchase);
    if (amount !== undefined && amount > left) throw tooMuch({ amount: left, currency: purchase.currency });
    const open: OpenRefund = {
      key,
      amount: amount ?? left,
      asked: amount ?? null,
      actor: actor.user.id,
      note: reason,
      requestId: actor.requestId,
      before: { state: purchase.state, refunded: refundedAmount(purchase) },
    };
    if (await Purchase.openRefund(purchase, open, new Date(Date.now() + policy.payments.recheckMs))) {
      return { purchase, open };
    }
    purchase = (await Purchase.findById(found._id).lean()) ?? purchase;
  }
  throw new AppError("SERVICE_UNAVAILABLE");
}

function requireRefundable(purchase: PurchaseDoc): void {
  if (!isOfProvider(purchase)) {
    const money = purchase.sandbox ? "play money" : "real money";
    throw new AppError("CONFLICT", `This was paid with ${money}, which cannot be given back with the keys set now.`);
  }
  if (purchase.state === "DISPUTED") throw new AppError("CONFLICT", WHY_NOT.disputed);
  if (purchase.state === "REFUNDED") throw new AppError("CONFLICT", "All of it was given back already.");
  if (refundableAmount(purchase) > 0) return;
  throw new AppError("CONFLICT", "Nothing of this can be given back from here: no payment was credited for it.");
}

function tooMuch(left: { amount: number; currency: string }): AppError {
  const problem = `Only ${formatMoney(left)} is left to refund.`;
  return new AppError("VALIDATION", problem, { fieldErrors: { amount: [problem] } });
}

function requireSame(before: number | null, asked: number | null): void {
  if (before !== asked) throw new AppError("IDEMPOTENCY_MISMATCH");
}

function explainNothingDone(cause: unknown): never {
  if (!(cause instanceof ProviderError)) throw cause;
  throw new AppError(cause.code, "PayPal does not answer just now. Nothing was refunded; try again.", { cause });
}

/** The refund is open: nobody here knows whether the money went back, and nobody says so. */
function explainUnsure(cause: unknown): never {
  const message =
    "PayPal has not said whether it made this refund. It is asked again within minutes until it does, and refunds once. Look at the payment again before you refund more.";
  throw new AppError(toAppError(cause).code, message, { cause });
}

async function viewOf(purchaseId: string): Promise<AdminPayment> {
  const purchase = await Purchase.findById(purchaseId).lean();
  if (!purchase) throw new AppError("NOT_FOUND", "There is no such payment.");
  const user = await User.findById(purchase.userId, { email: 1 }).lean();
  return toAdminPayment(purchase, user?.email);
}
