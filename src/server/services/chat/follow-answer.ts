import { Message, Operation } from "@models";
import { sleep } from "@/server/lib/clock";
import { getBalance } from "@/server/services/credits/get-balance";
import type { ChatEvent } from "@/shared/chat";
import { AppError, isErrorCode } from "@/shared/errors";
import { type AnswerState, answers } from "./answers";
import { toChatMessage } from "./conversation-view";
import { answerError } from "./deliver-answer";
import { RemoteAnswer } from "./remote-answer";

interface FollowInput {
  userId: string;
  messageId: string;
  /** How many characters the reader has already. */
  from: number;
  signal: AbortSignal;
}

/**
 * An answer from `from` on until its end, whether it is being written here, elsewhere, or was finished long ago.
 * A reader that is slow gets larger pieces, never a backlog. Ends silently when `signal` aborts.
 */
export async function* followAnswer({ userId, messageId, from, signal }: FollowInput): AsyncGenerator<ChatEvent> {
  let sent = from;
  let provider: string | undefined;
  const remote = new RemoteAnswer(messageId, () => storedState(userId, messageId));
  while (!signal.aborted) {
    const run = answers.find(messageId);
    // As it is now: the run goes on while the reader takes each event.
    const state = { ...(run ? run.state : await remote.look()) };
    if (state.provider && state.provider.provider !== provider) {
      provider = state.provider.provider;
      yield state.provider;
    }
    // Fewer characters than the reader has: another text than the one it was reading.
    if (state.text.length < sent) {
      yield { type: "snapshot", seq: 0, text: state.text };
    } else if (state.text.length > sent) {
      yield { type: "delta", seq: sent, text: state.text.slice(sent) };
    }
    sent = state.text.length;
    if (state.end) {
      yield state.end;
      return;
    }
    // What changed while the reader was taking the last piece is sent at once.
    if (run && (run.state.text.length !== sent || run.state.end)) continue;
    try {
      await (run ? run.changed(signal) : sleep(remote.pauseMs, signal));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}

async function storedState(userId: string, messageId: string): Promise<AnswerState> {
  const message = await Message.findOne({ _id: messageId, userId }).lean();
  if (!message) throw new AppError("NOT_FOUND", "There is no such message.");
  const { content: text, provider, model = "", fallback = false, sandbox = false, requestId } = message;
  const by = provider ? { type: "provider" as const, provider, model, fallback, sandbox } : undefined;
  if (message.status === "complete" || message.status === "stopped") {
    const balance = await getBalance(userId);
    const { charged = 0, cached = false } = message;
    return { text, provider: by, end: { type: "done", message: toChatMessage(message), charged, cached, balance } };
  }
  if (message.status === "streaming" && !(await isAbandoned(message.operationId))) return { text, provider: by };
  const { code, message: words } = new AppError(
    isErrorCode(message.errorCode) ? message.errorCode : "SERVICE_UNAVAILABLE",
  );
  return { text, provider: by, end: answerError(code, words, requestId, text !== "") };
}

/** True when the worker that was writing the answer has not been heard of for a whole lease. */
async function isAbandoned(operationId: string | undefined): Promise<boolean> {
  const operation = operationId ? await Operation.findById(operationId, { leaseUntil: 1 }).lean() : null;
  return !operation || operation.leaseUntil < new Date();
}
