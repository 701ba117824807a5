import { Message } from "@models";
import type { z } from "zod";
import { decodeCursor, encodeCursor } from "@/server/lib/cursor";
import type { conversationWithMessages, getConversationInput } from "@/shared/chat";
import { toChatMessage, toConversation } from "./conversation-view";
import { findConversation } from "./find-conversation";

/**
 * A conversation with its newest messages, or those before `cursor`; oldest first within the page.
 * @throws AppError NOT_FOUND for a conversation that is not the user's.
 */
export async function getConversation(
  userId: string,
  { conversationId, cursor, limit }: z.infer<typeof getConversationInput>,
): Promise<z.infer<typeof conversationWithMessages>> {
  const before = decodeCursor(cursor);
  const [conversation, rows] = await Promise.all([
    findConversation(userId, conversationId),
    Message.find({
      conversationId,
      userId,
      ...(before && { $or: [{ createdAt: { $lt: before.at } }, { createdAt: before.at, _id: { $lt: before.id } }] }),
    })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean(),
  ]);
  const messages = rows.slice(0, limit).reverse().map(toChatMessage);
  const oldest = messages[0];
  return {
    conversation: toConversation(conversation),
    messages,
    nextCursor: rows.length > limit && oldest ? encodeCursor({ at: oldest.createdAt, id: oldest.id }) : undefined,
  };
}
