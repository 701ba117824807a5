import { Conversation, type ConversationDoc } from "@models";
import { AppError } from "@/shared/errors";

/** A conversation of the user's that is not in the trash. @throws AppError NOT_FOUND, also for other people's. */
export async function findConversation(userId: string, conversationId: string): Promise<ConversationDoc> {
  const conversation = await Conversation.findOne({ _id: conversationId, userId, removedAt: null }).lean();
  if (!conversation) throw new AppError("NOT_FOUND", "There is no such conversation.");
  return conversation;
}
