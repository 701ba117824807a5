import type { Logger } from "@/server/lib/logger";
import { answerLog } from "@/server/providers/configured";
import type { Run } from "@/server/services/runs/run-registry";
import type { AnswerState } from "./answers";

/** Pieces are gathered for so long: each costs a round trip, and most answers have no reader elsewhere. */
const GATHER_MS = 200;

/**
 * Passes an answer on to readers in other processes while it is being written. A log that is away is done without:
 * they see the checkpoints. Returns the function that ends it.
 */
export function keepLog(messageId: string, run: Run<AnswerState>, log: Logger): () => void {
  const shared = answerLog();
  if (!shared) return () => undefined;
  let written = 0;
  let busy = false;
  let warned = false;
  const timer = setInterval(async () => {
    const { text } = run.state;
    if (busy || text.length === written) return;
    busy = true;
    try {
      await shared.append(messageId, written, text.slice(written));
      written = text.length;
    } catch (error) {
      if (!warned) log.warn({ err: error }, "answer log away");
      warned = true;
    } finally {
      busy = false;
    }
  }, GATHER_MS);
  return () => clearInterval(timer);
}
