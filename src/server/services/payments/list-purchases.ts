import { Purchase, User } from "@models";
import type { z } from "zod";
import { env } from "@/env";
import { decodeCursor, encodeCursor } from "@/server/lib/cursor";
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
  const before = decodeCursor(cursor);
  const rows = await Purchase.find({
    userId,
    state: { $nin: UNPAID },
    ...(before && { $or: [{ createdAt: { $lt: before.at } }, { createdAt: before.at, _id: { $lt: before.id } }] }),
  })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const items = rows.slice(0, limit).map(toPurchase);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : undefined;
  return { items, nextCursor };
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
