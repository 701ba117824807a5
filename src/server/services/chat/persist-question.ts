import { Conversation, Message, type OperationDoc } from "@models";
import { isDuplicateKey } from "@/server/db/mongo-errors";
import { searchTerms } from "@/server/lib/search-terms";
import type { AnsweredBy } from "@/server/services/ai/answer-with-failover";
import type { SendMessageInput } from "@/shared/chat";
import type { Thread } from "./load-thread";

const TITLE_LENGTH = 60;

/** What is known of an answer before it is asked for. */
export type KnownAnswer = AnsweredBy & { text: string };

/**
 * Writes down the question and the place of its answer. What is paid for is shown only then, so that a crash loses
 * neither; what is known already, meanwhile. Every id derives from the operation: doing it twice changes nothing.
 */
export async function persistQuestion(
  operation: OperationDoc,
  input: SendMessageInput,
  thread: Thread,
  known?: KnownAnswer,
): Promise<void> {
  const { text = "", ...by } = known ?? {};
  const { userId, requestId, createdAt } = operation;
  const { conversationId, userMessageId, messageId } = answerIds(operation);
  const shared = { conversationId, userId, requestId, tier: input.model };
  const question = {
    ...shared,
    _id: userMessageId,
    parentId: thread.parentId,
    role: "user" as const,
    content: input.content,
    status: "complete" as const,
    createdAt,
  };
  const answer = {
    ...shared,
    _id: messageId,
    parentId: userMessageId,
    role: "assistant" as const,
    content: text,
    ...by,
    status: "streaming" as const,
    operationId: operation._id,
    // After its question, also when both were made within one millisecond.
    createdAt: new Date(createdAt.getTime() + 1),
  };
  await Promise.all([
    Message.native().insertMany(thread.questionId ? [answer] : [question, answer], { ordered: false }),
    thread.conversationId
      ? Conversation.native().updateOne({ _id: conversationId, userId }, { $max: { updatedAt: answer.createdAt } })
      : makeConversation(conversationId, operation, input.content),
  ]);
}

async function makeConversation(id: string, { userId, createdAt }: OperationDoc, content: string): Promise<void> {
  const title = titleOf(content);
  try {
    const terms = searchTerms(title);
    const conversation = { _id: id, userId, title, terms, createdAt, updatedAt: createdAt, removedAt: null };
    await Conversation.native().insertOne(conversation);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

/** The first words of the first question, cut at a word. */
function titleOf(content: string): string {
  const line = content.trim().replace(/\s+/g, " ");
  if (line.length <= TITLE_LENGTH) return line;
  const cut = line.slice(0, TITLE_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), TITLE_LENGTH / 2)).trimEnd()}…`;
}

/** The ids of what a chat operation makes. */
export function answerIds(operation: OperationDoc): {
  conversationId: string;
  userMessageId: string;
  messageId: string;
} {
  const { conversationId = "", userMessageId = "", messageId = "" } = operation.result;
  return { conversationId, userMessageId, messageId };
}
