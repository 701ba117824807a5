import { Conversation, type ConversationDoc } from "@models";
import type { z } from "zod";
import { olderThan, pageOf } from "@/server/lib/cursor";
import { termsFilter } from "@/server/lib/search-terms";
import type { conversationPage, listConversationsInput, searchConversationsInput } from "@/shared/chat";
import { toConversation } from "./conversation-view";

type Page = z.infer<typeof conversationPage>;

/** A page of the user's conversations, the one that moved last first; those in the trash when `removed`. */
export async function listConversations(
  userId: string,
  { cursor, limit, removed }: z.infer<typeof listConversationsInput>,
): Promise<Page> {
  const rows = await Conversation.find({
    userId,
    removedAt: removed ? { $ne: null } : null,
    ...olderThan("updatedAt", cursor),
  })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  return toPage(rows, limit);
}

/** A page of the user's conversations whose title has all the words; the last may be unfinished. */
export async function searchConversations(
  userId: string,
  { cursor, limit, query }: z.infer<typeof searchConversationsInput>,
): Promise<Page> {
  const terms = termsFilter(query);
  if (!terms) return { items: [] };
  const rows = await Conversation.find({ userId, terms, removedAt: null, ...olderThan("updatedAt", cursor) })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  return toPage(rows, limit);
}

function toPage(rows: ConversationDoc[], limit: number): Page {
  const { page, nextCursor } = pageOf(rows, limit, ({ updatedAt }) => updatedAt);
  return { items: page.map(toConversation), nextCursor };
}
