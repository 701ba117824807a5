import { Message } from "@models";
import type { Actor } from "@/server/lib/actor";
import type { ChatEvent } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { followAnswer } from "./follow-answer";

/**
 * The rest of an answer for a reader that has `from` characters already.
 * @throws AppError NOT_FOUND for a message that is not the user's.
 */
export async function resumeAnswer(
  actor: Actor,
  { messageId, from }: { messageId: string; from: number },
  signal: AbortSignal,
): Promise<AsyncIterable<ChatEvent>> {
  const userId = actor.user.id;
  if (!(await Message.exists({ _id: messageId, userId, role: "assistant" }))) {
    throw new AppError("NOT_FOUND", "There is no such message.");
  }
  return followAnswer({ userId, messageId, from, signal });
}
