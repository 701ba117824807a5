import { Message, type MessageDoc, Operation } from "@models";
import { sleep } from "@/server/lib/clock";
import { logger } from "@/server/lib/logger";
import { getBalance } from "@/server/services/credits/get-balance";
import type { Follower, Run } from "@/server/services/runs/run-registry";
import { countStream, tellFailure } from "@/server/services/runs/tell-failure";
import { finishOverdue } from "@/server/services/sweep/finish-overdue";
import type { ChatEvent } from "@/shared/chat";
import { AppError, isErrorCode } from "@/shared/errors";
import { type AnswerState, answers } from "./answers";
import { toChatMessage } from "./conversation-view";
import { answerError } from "./deliver-answer";
import { RemoteAnswer } from "./remote-answer";

/** So many characters are sent without waiting for more. */
const GATHER_MAX = 16_384;

interface FollowInput {
  userId: string;
  messageId: string;
  /** How many characters the reader has already. */
  from: number;
  signal: AbortSignal;
  /** What whoever asked for it is told first. */
  start?: Extract<ChatEvent, { type: "start" }>;
}

/**
 * An answer from `from` on until its end, whether it is being written here, elsewhere, or was finished long ago.
 * A reader that is slow gets larger pieces, never a backlog. Ends silently when `signal` aborts.
 */
export async function* followAnswer(input: FollowInput): AsyncGenerator<ChatEvent> {
  const { userId, messageId, from, signal, start } = input;
  let sent = from;
  let provider: string | undefined;
  const remote = new RemoteAnswer(messageId, () => storedState(userId, messageId));
  let run: Run<AnswerState> | undefined;
  let follower: Follower | undefined;
  const uncount = countStream();
  try {
    if (start) yield start;
    while (!signal.aborted) {
      // One that ended while its reader was taking a piece still knows how.
      const found = run?.state.end ? run : answers.find(messageId);
      if (found !== run) {
        follower?.leave();
        follower = found?.follow(signal, () => isUrgent(found.state, from, sent));
        run = found;
      }
      // As it is now: a run's state goes on growing while the reader takes a piece.
      const { text, provider: by, end } = run ? run.state : await remote.look();
      if (by && by.provider !== provider) {
        provider = by.provider;
        yield by;
      }
      // Fewer characters than the reader has: another text than the one it was reading.
      if (text.length < sent) yield { type: "snapshot", seq: 0, text };
      else if (text.length > sent) yield { type: "delta", seq: sent, text: text.slice(sent) };
      sent = text.length;
      if (end) {
        yield end;
        return;
      }
      // What changed while the reader was taking the last piece is sent at once.
      if (run && (run.state.text.length !== sent || run.state.end)) continue;
      try {
        await (follower?.changed() ?? sleep(remote.pauseMs, signal));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  } catch (error) {
    throw tellFailure(error);
  } finally {
    follower?.leave();
    uncount();
  }
}

/** The first words and the end are waited for; everything between may come together. */
const isUrgent = ({ text, end }: AnswerState, from: number, sent: number): boolean =>
  sent === from || end !== undefined || text.length - sent >= GATHER_MAX;

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
  if (!(await isOver(message))) return { text, provider: by };
  const { code, message: words } = new AppError(
    isErrorCode(message.errorCode) ? message.errorCode : "SERVICE_UNAVAILABLE",
  );
  return { text, provider: by, end: answerError(code, words, requestId, text !== "") };
}

/**
 * True when the answer has ended and its credits are back, so that whoever hears of the end finds the balance right.
 * When its worker has not been heard of for a whole lease, nobody waits for the next sweep.
 */
async function isOver({ operationId, status }: MessageDoc): Promise<boolean> {
  const operation = operationId ? await Operation.findById(operationId).lean() : null;
  if (!operation) return true;
  const now = new Date();
  if (!operation.settled && operation.leaseUntil <= now) await finishOverdue(operation, now, logger);
  // It may have been published since it was read: the next look tells.
  return operation.settled && status !== "streaming";
}
