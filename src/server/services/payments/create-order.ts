import { Purchase, type PurchaseDoc } from "@models";
import type { z } from "zod";
import { env } from "@/env";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import type { Actor } from "@/server/lib/actor";
import { shortHash } from "@/server/lib/ids";
import { policy } from "@/server/lib/policy";
import { paymentProvider } from "@/server/providers/configured";
import { requireFeature } from "@/server/services/settings/features";
import { AppError } from "@/shared/errors";
import type { createOrderInput, createOrderOutput } from "@/shared/payments";
import { callSignal } from "./call-signal";
import { notePurchase } from "./note-purchase";
import { findPack } from "./packs";

/**
 * Orders a pack at PayPal, at our price. One purchase and one order per idempotency key, whatever is repeated.
 * @throws AppError NOT_FOUND for an unknown pack · IDEMPOTENCY_MISMATCH · CONFLICT when it was paid for already ·
 *   PROVIDER_UNAVAILABLE · PROVIDER_TIMEOUT · SERVICE_UNAVAILABLE when nothing is sold here.
 */
export async function createOrder(
  actor: Actor,
  { packId, idempotencyKey }: z.infer<typeof createOrderInput>,
): Promise<z.infer<typeof createOrderOutput>> {
  requireFeature("buying", actor.user.id);
  const provider = paymentProvider();
  const purchase = await openPurchase(actor, packId, shortHash(`${actor.user.id}:${idempotencyKey}`), provider.sandbox);
  if (purchase.orderId && purchase.approveUrl) return { orderId: purchase.orderId, approveUrl: purchase.approveUrl };
  const order = await provider.createOrder(
    {
      purchaseId: purchase._id,
      price: { amount: purchase.amount, currency: purchase.currency },
      description: `${purchase.credits} credits`,
      returnUrl: `${env.NEXTAUTH_URL}/buy-credits`,
      cancelUrl: `${env.NEXTAUTH_URL}/buy-credits?cancelled=1`,
    },
    callSignal(),
  );
  await Purchase.setOrder(purchase._id, order);
  notePurchase(actor.log, purchase);
  return { orderId: order.orderId, approveUrl: order.approveUrl };
}

/** The purchase of this key: new, or the one there is. */
async function openPurchase(actor: Actor, packId: string, id: string, sandbox: boolean): Promise<PurchaseDoc> {
  const pack = findPack(packId);
  const now = new Date();
  const purchase: PurchaseDoc = {
    _id: id,
    userId: actor.user.id,
    kind: "pack",
    packId,
    credits: pack.credits,
    ...pack.price,
    sandbox,
    state: "CREATED",
    attempts: 0,
    refunds: [],
    disputes: [],
    moves: [],
    version: 0,
    checkAt: new Date(now.getTime() + policy.payments.openRecheckMs),
    checks: 0,
    requestId: actor.requestId,
    createdAt: now,
    updatedAt: now,
  };
  try {
    await Purchase.insertOne(purchase);
    return purchase;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
  const existing = await Purchase.findById(id).lean();
  if (!existing || existing.packId !== packId) throw new AppError("IDEMPOTENCY_MISMATCH");
  if (existing.state !== "CREATED") {
    throw new AppError("CONFLICT", "This purchase is under way already. Look at your purchases before buying again.");
  }
  return existing;
}
