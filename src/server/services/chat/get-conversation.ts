import { Message } from "@models";
import type { z } from "zod";
import { olderThan, pageOf } from "@/server/lib/cursor";
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
  const [conversation, rows] = await Promise.all([
    findConversation(userId, conversationId),
    Message.find({
      conversationId,
      userId,
      ...olderThan("createdAt", cursor),
    })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit + 1)
      .lean(),
  ]);
  const { page, nextCursor } = pageOf(rows, limit, ({ createdAt }) => createdAt);
  return { conversation: toConversation(conversation), messages: page.reverse().map(toChatMessage), nextCursor };
}
