import { Purchase, type PurchaseDoc } from "@models";
import type { Dispute, Refund } from "@/server/providers/payment-provider";
import { applyCredits } from "@/server/services/credits/apply-credits";
import { AppError } from "@/shared/errors";
import { formatMoney } from "@/shared/money";

const TRIES = 20;

type Facts = Pick<PurchaseDoc, "refunds" | "disputes">;

/** Money that went back so far. */
export function refundedAmount({ refunds }: Pick<PurchaseDoc, "refunds">): number {
  return refunds.reduce((sum, { amount }) => sum + amount, 0);
}

/**
 * The credits a purchase has to give back, by what is known of it. A dispute counts from when it is opened until it is
 * won; the refund a lost one ends with is the same money and does not count twice. Parts of a credit stay with the buyer.
 */
export function creditsToTake({ credits, amount }: Pick<PurchaseDoc, "credits" | "amount">, facts: Facts): number {
  let back = refundedAmount(facts);
  for (const dispute of facts.disputes) {
    if (dispute.state !== "won") back = Math.max(back, dispute.refundedBefore + dispute.amount);
  }
  return amount === 0 ? 0 : Math.floor((credits * Math.min(back, amount)) / amount);
}

/** Adds a completed refund to its purchase; one that is known already changes nothing. */
export function recordRefund(purchaseId: string, refund: Refund, requestId: string): Promise<PurchaseDoc> {
  return addFact(purchaseId, refund.id, requestId, (purchase) => {
    if (refund.status !== "COMPLETED" || purchase.refunds.some(({ id }) => id === refund.id)) return undefined;
    const { amount, currency } = purchase;
    // A refund in another currency cannot be weighed against the price: all of it is taken to be back.
    const money = refund.money?.currency === currency ? refund.money : { amount, currency };
    return {
      refunds: [...purchase.refunds, { id: refund.id, amount: money.amount }],
      disputes: purchase.disputes,
      reason: `${formatMoney(money)} refunded`,
    };
  });
}

/** Adds a dispute to its purchase, or what it came to. */
export function recordDispute(purchaseId: string, dispute: Dispute, requestId: string): Promise<PurchaseDoc> {
  return addFact(purchaseId, `${dispute.id}_${dispute.state}`, requestId, (purchase) => {
    const known = purchase.disputes.find(({ id }) => id === dispute.id);
    // What was decided stays decided: a message of its beginning may come after that of its end.
    if (known && (known.state === dispute.state || known.state !== "open")) return undefined;
    const { amount, currency } = purchase;
    const disputed = dispute.money?.currency === currency ? dispute.money.amount : amount;
    const now = known ?? { id: dispute.id, amount: disputed, refundedBefore: refundedAmount(purchase) };
    return {
      refunds: purchase.refunds,
      disputes: [...purchase.disputes.filter(({ id }) => id !== dispute.id), { ...now, state: dispute.state }],
      reason:
        dispute.state === "won" ? "Dispute decided: the credits are yours again" : "Frozen by a dispute at PayPal",
    };
  });
}

/** Writes a fact down together with what it does to the credits, so that both are decided once. */
async function addFact(
  purchaseId: string,
  key: string,
  requestId: string,
  change: (purchase: PurchaseDoc) => (Facts & { reason: string }) | undefined,
): Promise<PurchaseDoc> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const purchase = await Purchase.findById(purchaseId).lean();
    if (!purchase) throw new AppError("NOT_FOUND");
    const next = change(purchase);
    if (!next) return purchase;
    const { reason, ...facts } = next;
    const credits = creditsToTake(purchase, purchase) - creditsToTake(purchase, facts);
    const moves = credits === 0 ? purchase.moves : [...purchase.moves, { key, credits, reason, requestId }];
    if (await Purchase.addFacts(purchase, { ...facts, moves })) {
      return { ...purchase, ...facts, moves, version: purchase.version + 1 };
    }
  }
  throw new AppError("SERVICE_UNAVAILABLE");
}

/** Does to the credits what refunds and disputes decided. To be called once the purchase is granted. Safe to repeat. */
export async function applyMoves({ _id: ref, userId, moves }: PurchaseDoc): Promise<void> {
  for (const { key, credits, reason, requestId } of moves) {
    const type = credits < 0 ? ("REFUND" as const) : ("GRANT" as const);
    await applyCredits({ userId, key, type, credits, mayOwe: true, reason, ref, requestId });
  }
}
