import { Message, type MessageDoc } from "@models";
import type { ChatTurn } from "@/server/providers/chat-provider";
import type { SendMessageInput } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { findConversation } from "./find-conversation";

/** How much of a conversation a provider is told: enough to follow it, and no more as it grows. */
const CONTEXT_MESSAGES = 40;
const CONTEXT_CHARACTERS = 60_000;
/** Where branches stand between a thread's messages, more is read than is told. */
const READ_MESSAGES = 200;

/** What of a message a thread is made of. */
type ThreadMessage = Pick<MessageDoc, "_id" | "parentId" | "role" | "content">;

export interface Thread {
  /** Absent for a conversation that is yet to be made. */
  conversationId: string | undefined;
  /** The message the question follows. */
  parentId: string | undefined;
  /** The question's own id, when it is there already (an answer given again). */
  questionId: string | undefined;
  /** What the provider is told: what came before, then the question. */
  turns: ChatTurn[];
}

/**
 * Where a new message belongs, and what came before it on its branch.
 * @throws AppError NOT_FOUND for a conversation or message that is not the user's · VALIDATION for one that does not fit.
 */
export async function loadThread(userId: string, input: SendMessageInput): Promise<Thread> {
  const question: ChatTurn = { role: "user", text: input.content };
  if (!input.conversationId) {
    return { conversationId: undefined, parentId: undefined, questionId: undefined, turns: [question] };
  }
  const [, newest] = await Promise.all([
    findConversation(userId, input.conversationId),
    readNewest(userId, input.conversationId, CONTEXT_MESSAGES),
  ]);
  const messages =
    newest.length === CONTEXT_MESSAGES && !reachesBack(input, newest)
      ? await readNewest(userId, input.conversationId, READ_MESSAGES)
      : newest;
  const byId = new Map(messages.map((message) => [message._id, message]));
  const { parentId, questionId } = placeOf(input, messages, byId);
  return {
    conversationId: input.conversationId,
    parentId,
    questionId,
    turns: [...turnsBefore(parentId, byId), question],
  };
}

function readNewest(userId: string, conversationId: string, count: number): Promise<ThreadMessage[]> {
  return Message.find({ conversationId, userId }, { parentId: 1, role: 1, content: 1 })
    .sort({ createdAt: -1, _id: -1 })
    .limit(count)
    .lean<ThreadMessage[]>();
}

/** True when everything that is asked about, and as much before it as is told, is among `messages`: no branch is. */
function reachesBack({ regenerateOf, editOf, parentId }: SendMessageInput, messages: ThreadMessage[]): boolean {
  if (regenerateOf || editOf || (parentId && parentId !== messages[0]?._id)) return false;
  return messages.every(
    ({ parentId: before }, index) => before === messages[index + 1]?._id || index === messages.length - 1,
  );
}

function placeOf(
  { regenerateOf, editOf, parentId, content }: SendMessageInput,
  messages: ThreadMessage[],
  byId: Map<string, ThreadMessage>,
): Pick<Thread, "parentId" | "questionId"> {
  if (regenerateOf) {
    const question = byId.get(byId.get(regenerateOf)?.parentId ?? "");
    if (question?.role !== "user") throw new AppError("NOT_FOUND", "There is no such answer to give again.");
    if (question.content !== content) throw invalid("content", "This is not the question that was answered.");
    return { parentId: question.parentId, questionId: question._id };
  }
  if (editOf) {
    const edited = byId.get(editOf);
    if (edited?.role !== "user") throw new AppError("NOT_FOUND", "There is no such question to edit.");
    return { parentId: edited.parentId, questionId: undefined };
  }
  if (parentId && !byId.has(parentId)) throw new AppError("NOT_FOUND", "There is no such message to follow.");
  return { parentId: parentId ?? messages[0]?._id, questionId: undefined };
}

const invalid = (field: string, problem: string) =>
  new AppError("VALIDATION", `${field}: ${problem}`, { fieldErrors: { [field]: [problem] } });

/** The branch up to and including `leafId`, oldest first, as much of it as fits. */
function turnsBefore(leafId: string | undefined, byId: Map<string, ThreadMessage>): ChatTurn[] {
  const turns: ChatTurn[] = [];
  let characters = 0;
  for (let message = byId.get(leafId ?? ""); message; message = byId.get(message.parentId ?? "")) {
    characters += message.content.length;
    if (turns.length >= CONTEXT_MESSAGES || characters > CONTEXT_CHARACTERS) break;
    if (message.content !== "") turns.unshift({ role: message.role, text: message.content });
  }
  return alternate(turns);
}

/** Providers want turns to alternate, starting with the user; an answer that failed leaves two questions in a row. */
function alternate(turns: ChatTurn[]): ChatTurn[] {
  const fitting: ChatTurn[] = [];
  for (const turn of turns) {
    const previous = fitting.at(-1);
    if (!previous && turn.role === "assistant") continue;
    if (previous?.role === turn.role) previous.text += `\n\n${turn.text}`;
    else fitting.push({ ...turn });
  }
  if (fitting.at(-1)?.role === "user") fitting.pop();
  return fitting;
}
