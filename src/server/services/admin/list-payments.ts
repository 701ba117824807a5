import { Purchase, type PurchaseDoc, User } from "@models";
import type { z } from "zod";
import { olderThan, pageOf } from "@/server/lib/cursor";
import { toAdminPayment } from "@/server/services/payments/admin-payment";
import type { adminPaymentPage, adminPaymentsInput } from "@/shared/admin";

type Page = z.infer<typeof adminPaymentPage>;

/**
 * Purchases, newest first: all of them or those in one state, of everybody or of one user. The id of a purchase, an order
 * or a capture finds the one it belongs to.
 * @throws AppError VALIDATION for a cursor this server did not make.
 */
export async function listPayments(input: z.infer<typeof adminPaymentsInput>): Promise<Page> {
  const { state, query, cursor, limit } = input;
  const named = query ? await findNamed(query) : null;
  if (named) return { items: await toRows(!state || named.state === state ? [named] : []) };
  const filter = { ...(state && { state }), ...(query && { userId: await userIdOf(query) }) };
  const rows = await Purchase.find({ ...filter, ...olderThan("createdAt", cursor) })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { page, nextCursor } = pageOf(rows, limit, ({ createdAt }) => createdAt);
  return { items: await toRows(page), nextCursor };
}

const findNamed = async (id: string): Promise<PurchaseDoc | null> =>
  (await Purchase.findById(id).lean()) ??
  (await Purchase.findOne({ orderId: id }).lean()) ??
  (await Purchase.findOne({ captureId: id }).lean());

/** Whose purchases are meant: by their whole address, or else by id, also of one who is gone. */
async function userIdOf(query: string): Promise<string> {
  const user = await User.findOne({ email: query.toLowerCase() }, { _id: 1 }).lean();
  return user?._id ?? query;
}

async function toRows(purchases: PurchaseDoc[]): Promise<Page["items"]> {
  const ids = [...new Set(purchases.map(({ userId }) => userId))];
  const users = await User.find({ _id: { $in: ids } }, { email: 1 }).lean();
  const emails = new Map(users.map(({ _id, email }) => [_id, email]));
  return purchases.map((purchase) => toAdminPayment(purchase, emails.get(purchase.userId)));
}
