import { Purchase, User } from "@models";
import type { z } from "zod";
import { env } from "@/env";
import { olderThan, pageOf } from "@/server/lib/cursor";
import { AppError } from "@/shared/errors";
import type { PurchaseState, purchaseHistoryInput, purchasePage, Receipt } from "@/shared/payments";
import { toPurchase } from "./purchase-view";

/** Orders nobody paid are not purchases. */
export const UNPAID: PurchaseState[] = ["CREATED", "ABANDONED"];

/** What someone bought, newest first. */
export async function listPurchases(
  userId: string,
  { cursor, limit }: z.infer<typeof purchaseHistoryInput>,
): Promise<z.infer<typeof purchasePage>> {
  const rows = await Purchase.find({
    userId,
    state: { $nin: UNPAID },
    ...olderThan("createdAt", cursor),
  })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { page, nextCursor } = pageOf(rows, limit, ({ createdAt }) => createdAt);
  return { items: page.map(toPurchase), nextCursor };
}

/** Everything a receipt says. @throws AppError NOT_FOUND for a purchase that is not the caller's. */
export async function getReceipt(userId: string, purchaseId: string): Promise<Receipt> {
  const [purchase, user] = await Promise.all([
    Purchase.findOne({ _id: purchaseId, userId }).lean(),
    User.findById(userId, { name: 1, email: 1 }).lean(),
  ]);
  if (!purchase || !user) throw new AppError("NOT_FOUND");
  const { orderId, captureId, sandbox } = purchase;
  return {
    ...toPurchase(purchase),
    seller: env.SELLER_NAME,
    sellerDetails: env.SELLER_DETAILS,
    buyer: { name: user.name, email: user.email },
    orderId,
    captureId,
    sandbox,
  };
}
