import { Conversation } from "@models";
import { searchTerms } from "@/server/lib/search-terms";
import type { Conversation as ConversationView } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { toConversation } from "./conversation-view";

type Changes = Partial<{ title: string; terms: string[]; removedAt: Date | null }>;

/** @throws AppError NOT_FOUND for a conversation that is not the user's. */
export function renameConversation(userId: string, id: string, title: string): Promise<ConversationView> {
  return change(userId, id, { title, terms: searchTerms(title) });
}

/** Puts a conversation in the trash. @throws AppError NOT_FOUND for a conversation that is not the user's. */
export function removeConversation(userId: string, id: string): Promise<ConversationView> {
  return change(userId, id, { removedAt: new Date() });
}

/** Takes a conversation out of the trash. @throws AppError NOT_FOUND for a conversation that is not the user's. */
export function restoreConversation(userId: string, id: string): Promise<ConversationView> {
  return change(userId, id, { removedAt: null });
}

async function change(userId: string, id: string, changes: Changes): Promise<ConversationView> {
  const changed = await Conversation.findOneAndUpdate(
    { _id: id, userId },
    { $set: changes },
    { returnDocument: "after" },
  ).lean();
  if (!changed) throw new AppError("NOT_FOUND", "There is no such conversation.");
  return toConversation(changed);
}
