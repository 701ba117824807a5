import { logger } from "@/server/lib/logger";
import { processState } from "@/server/lib/process-state";
import { Rounds } from "@/server/lib/rounds";
import { answerLog } from "@/server/providers/configured";
import type { Run } from "@/server/services/runs/run-registry";
import type { AnswerState } from "./answers";

/** How often it is looked who is read elsewhere, and what is new is passed on. */
const ROUND_MS = 200;

interface Logged {
  run: Run<AnswerState>;
  /** Characters that are in the log. */
  written: number;
  hasWarned: boolean;
}

const rounds = () => processState("answer-logs", () => new Rounds(ROUND_MS, passOn));

/**
 * Passes an answer on to readers in other processes while it is being written, if there are any: most have none. A log
 * that is away is done without: they see the checkpoints. Returns the function that ends it.
 */
export function keepLog(run: Run<AnswerState>): () => void {
  if (!answerLog()) return () => undefined;
  const leave = rounds().join({ run, written: 0, hasWarned: false });
  return () => void leave();
}

async function passOn(all: Logged[]): Promise<void> {
  const log = answerLog();
  try {
    const wanted = new Set(await log?.wanted(all.map(({ run }) => run.id)));
    const news = all.filter(({ run, written }) => wanted.has(run.id) && run.state.text.length !== written);
    await Promise.all(
      news.map(async (it) => {
        const { text } = it.run.state;
        await log?.append(it.run.id, it.written, text.slice(it.written));
        it.written = text.length;
      }),
    );
  } catch (error) {
    if (all.every(({ hasWarned }) => hasWarned)) return;
    for (const it of all) it.hasWarned = true;
    logger.warn({ err: error }, "answer log away");
  }
}
