import type { ConversationDoc, MessageDoc } from "@models";
import type { ChatMessage, Conversation } from "@/shared/chat";

/** The part of a conversation its owner sees. */
export function toConversation({ _id, title, createdAt, updatedAt }: ConversationDoc): Conversation {
  return { id: _id, title, createdAt, updatedAt };
}

/** The part of a message its owner sees. */
export function toChatMessage({ _id, userId, operationId, ...message }: MessageDoc): ChatMessage {
  return { id: _id, ...message };
}
