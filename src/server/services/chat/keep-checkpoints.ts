import { Message } from "@models";
import { logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { processState } from "@/server/lib/process-state";
import { Rounds } from "@/server/lib/rounds";
import type { Run } from "@/server/services/runs/run-registry";
import type { AnswerState } from "./answers";

/** Why a run was told to stop. */
export const STOPPED_BY_USER = "stopped by the user";

interface Kept {
  run: Run<AnswerState>;
  /** The state that was written down last. */
  written: AnswerState;
}

/** What a process keeps the checkpoints of its answers with. */
export const newCheckpoints = () => new Rounds(policy.chat.checkpointMs, writeDown);

const checkpoints = () => processState("checkpoints", newCheckpoints);

/**
 * Writes an answer's text down at intervals, with those of all others, and looks whether somebody asked another process
 * to stop it. The run's id is the message's. The returned function ends it and waits for the last write.
 */
export function keepCheckpoints(run: Run<AnswerState>): () => Promise<void> {
  return checkpoints().join({ run, written: { text: "" } });
}

async function writeDown(all: Kept[]): Promise<void> {
  try {
    const changed = all.filter(hasChanged).map((kept) => ({ kept, state: { ...kept.run.state } }));
    if (changed.length > 0) {
      await Message.bulkWrite(
        changed.map(({ kept, state: { text: content, provider } }) => {
          const { type: _, ...by } = provider ?? { type: "provider" };
          const filter = { _id: kept.run.id, status: "streaming" as const };
          return { updateOne: { filter, update: { $set: { content, ...by } } } };
        }),
        { ordered: false },
      );
    }
    for (const { kept, state } of changed) kept.written = state;
    const ids = all.map(({ run }) => run.id);
    const stopped = await Message.find({ _id: { $in: ids }, stopRequested: true }, { _id: 1 }).lean();
    for (const { run } of all) if (stopped.some(({ _id }) => _id === run.id)) run.stop.abort(STOPPED_BY_USER);
  } catch (error) {
    logger.warn({ err: error, answers: all.length }, "checkpoints failed");
  }
}

const hasChanged = ({ run: { state }, written }: Kept): boolean =>
  state.text.length !== written.text.length || state.provider !== written.provider;
