import { Conversation, Image, Message, Purchase, Session, User } from "@models";
import type { z } from "zod";
import { olderThan, pageOf } from "@/server/lib/cursor";
import { getBalance } from "@/server/services/credits/get-balance";
import { getSubscription } from "@/server/services/payments/get-subscription";
import { UNPAID } from "@/server/services/payments/list-purchases";
import type { UserDetail, userConversations, userImages, userListInput } from "@/shared/admin";
import { AppError } from "@/shared/errors";
import { LISTED, type ListedUser, toUserRow } from "./user-row";

type ListInput = z.infer<typeof userListInput>;

/** More browsers than anybody is signed in with. */
const SESSIONS_MAX = 50;

/** A person as an operator sees them. @throws AppError NOT_FOUND. */
export async function getUser(userId: string): Promise<UserDetail> {
  const user = await User.findById(userId, LISTED).lean();
  if (!user) throw new AppError("NOT_FOUND", "There is no such user.");
  const [balance, sessions, subscription, conversations, images, purchases] = await Promise.all([
    getBalance(userId),
    listSessions(user),
    getSubscription(userId),
    Conversation.countDocuments({ userId }),
    Image.countDocuments({ userId, published: true }),
    Purchase.countDocuments({ userId, state: { $nin: UNPAID } }),
  ]);
  return { ...toUserRow(user, balance), sessions, subscription, counts: { conversations, images, purchases } };
}

/** The browsers they are signed in with, the last used first. Those of before they were signed out count no more. */
async function listSessions({ _id: userId, status, sessionVersion }: ListedUser): Promise<UserDetail["sessions"]> {
  if (status === "suspended") return [];
  const sessions = await Session.find({ userId, sessionVersion }).sort({ lastSeenAt: -1 }).limit(SESSIONS_MAX).lean();
  return sessions.map(({ _id: id, userAgent, createdAt, lastSeenAt }) => ({ id, userAgent, createdAt, lastSeenAt }));
}

/** When a user's conversations were and how long they are, the latest begun first: never what was said. */
export async function listUserConversations(input: ListInput): Promise<z.infer<typeof userConversations>> {
  const { userId, cursor, limit } = input;
  const rows = await Conversation.find({ userId, ...olderThan("createdAt", cursor) }, { title: 0, terms: 0 })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { page, nextCursor } = pageOf(rows, limit, ({ createdAt }) => createdAt);
  const counts = await countMessages(page.map(({ _id }) => _id));
  const items = page.map(({ _id: id, createdAt, updatedAt, removedAt }) => ({
    id,
    createdAt,
    updatedAt,
    removed: removedAt !== null,
    messages: counts.get(id) ?? 0,
  }));
  return { items, nextCursor };
}

async function countMessages(conversationIds: string[]): Promise<Map<string, number>> {
  const counts: { _id: string; messages: number }[] = await Message.aggregate([
    { $match: { conversationId: { $in: conversationIds } } },
    { $group: { _id: "$conversationId", messages: { $sum: 1 } } },
  ]);
  return new Map(counts.map(({ _id, messages }) => [_id, messages]));
}

/** A user's images as things with a date and a price, newest first: neither the picture nor the prompt. */
export async function listUserImages(input: ListInput): Promise<z.infer<typeof userImages>> {
  const { userId, cursor, limit } = input;
  const rows = await Image.find(
    { userId, published: true, ...olderThan("createdAt", cursor) },
    { createdAt: 1, aspectRatio: 1, charged: 1, removedAt: 1, requestId: 1 },
  )
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { page, nextCursor } = pageOf(rows, limit, ({ createdAt }) => createdAt);
  const items = page.map(({ _id: id, createdAt, aspectRatio, charged, removedAt, requestId }) => ({
    id,
    createdAt,
    aspectRatio,
    charged,
    removed: removedAt !== null,
    requestId,
  }));
  return { items, nextCursor };
}
