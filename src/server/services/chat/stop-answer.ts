import { Message } from "@models";
import type { Actor } from "@/server/lib/actor";
import { AppError } from "@/shared/errors";
import { answers } from "./answers";
import { STOPPED_BY_USER } from "./keep-checkpoints";

/**
 * Stops an answer that is being written, in this process or another, and keeps its text. `stopped` is false when there
 * was nothing left to stop.
 * @throws AppError NOT_FOUND for a message that is not the user's.
 */
export async function stopAnswer(actor: Actor, messageId: string): Promise<{ stopped: boolean }> {
  if (!(await Message.exists({ _id: messageId, userId: actor.user.id, role: "assistant" }))) {
    throw new AppError("NOT_FOUND", "There is no such message.");
  }
  const run = answers.find(messageId);
  if (run?.state.end) return { stopped: false };
  if (run) {
    run.stop.abort(STOPPED_BY_USER);
    return { stopped: true };
  }
  const running = { _id: messageId, status: "streaming" as const };
  const { matchedCount } = await Message.updateOne(running, { $set: { stopRequested: true } });
  return { stopped: matchedCount === 1 };
}
