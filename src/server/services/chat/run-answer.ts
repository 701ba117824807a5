import { setImmediate as nextTurn } from "node:timers/promises";
import type { OperationDoc } from "@models";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import type { ChatTurn } from "@/server/providers/chat-provider";
import { type AnsweredBy, answerWithFailover } from "@/server/services/ai/answer-with-failover";
import { awaitFlight, type CachedAnswer, type Flight } from "@/server/services/ai/response-cache";
import { markHeld } from "@/server/services/credits/hold-operation";
import { keepLease } from "@/server/services/credits/keep-lease";
import type { Run } from "@/server/services/runs/run-registry";
import { tellFailure } from "@/server/services/runs/tell-failure";
import type { ChatTier } from "@/shared/chat";
import { type AnswerState, answers } from "./answers";
import { answerError, deliverAnswer, failAnswer } from "./deliver-answer";
import { keepCheckpoints, STOPPED_BY_USER } from "./keep-checkpoints";
import { keepLog } from "./keep-log";
import { answerIds } from "./persist-question";

export interface AnswerJob {
  /** Its credits are held; it need not be marked so yet. */
  operation: OperationDoc;
  /** Writes down the question and the place of the answer. */
  persist: () => Promise<void>;
  tier: ChatTier;
  system: string;
  turns: ChatTurn[];
  /** Whether the question is ours to ask, or is being asked already. */
  flight: Exclude<Flight, { role: "found" }>;
  /** Where the answer is kept for the next who asks. */
  cacheKey: string;
  log: Logger;
}

/** Why a run was told to stop, if its user did not. */
export const LEASE_LOST = "lease lost";
const NOT_BEGUN = "not begun";

/**
 * Begins writing an answer, on its own from here on: `chat.send`, `chat.resume` and `chat.stop` only follow and steer.
 * A provider is asked while the operation is marked as held and the question is written down; nothing is shown before.
 * Resolves when the answer can be followed. Rejects with what prevented that, once its credits are back.
 */
export async function runAnswer(job: AnswerJob): Promise<void> {
  const { messageId } = answerIds(job.operation);
  // Once the provider has its call: what is written down meanwhile keeps this process and the database busy.
  const begun = nextTurn().then(() => begin(job));
  const { stop, ended } = answers.start(messageId, { text: "" }, async (run) => {
    const stopLease = keepLease(job.operation, job.log, () => run.stop.abort(LEASE_LOST));
    const stopCheckpoints = keepCheckpoints(run);
    const stopLog = keepLog(run);
    try {
      run.update({ end: await writeAnswer(job, run, begun, stopCheckpoints) });
    } catch (error) {
      // Not even the failure could be written down: the sweep will, and nothing is charged.
      job.log.error({ err: error }, "answer lost its database");
      const { code, message } = tellFailure(error);
      run.update({ end: answerError(code, message, job.operation.requestId, run.state.text !== "") });
    } finally {
      stopLease();
      stopLog();
      await stopCheckpoints();
    }
  });
  try {
    await begun;
  } catch (error) {
    stop.abort(NOT_BEGUN);
    await ended;
    throw error;
  }
}

/** What has to be there before anything is shown. Ends when both have, so that a failure is written after either. */
async function begin({ operation, persist }: AnswerJob): Promise<void> {
  const steps = await Promise.allSettled([markHeld(operation), persist()]);
  for (const step of steps) if (step.status === "rejected") throw step.reason;
}

async function writeAnswer(
  job: AnswerJob,
  run: Run<AnswerState>,
  begun: Promise<void>,
  stopCheckpoints: () => Promise<void>,
): Promise<AnswerState["end"]> {
  const { operation, log } = job;
  let by: AnsweredBy | undefined;
  let firstTokenMs: number | undefined;
  let flight: Flight = job.flight;
  /** What is kept for the next who asks. */
  let kept: CachedAnswer | undefined;
  const answerBy = Date.now() + policy.chat.firstContentMs;
  // Whoever waits for somebody else's answer can still be given one of their own in time.
  const patience = answerBy - Math.max(...Object.values(policy.chat.providerFirstContentMs));
  try {
    if (flight.role === "waiting") flight = await awaitFlight(job.cacheKey, patience, run.stop.signal, log);
    if (flight.role === "found") {
      const { text, provider, model, sandbox } = flight.answer;
      by = { provider, model, sandbox, fallback: false };
      await begun;
      run.update({ provider: { type: "provider", ...by }, text });
      await stopCheckpoints();
      return await deliverAnswer(operation, { text, outcome: "cached", cost: 0, by }, log);
    }
    const reason = await answerWithFailover(
      { ...job, answerBy, requestId: operation.requestId, signal: run.stop.signal },
      {
        async onProvider(answering) {
          by = answering;
          await begun;
          run.update({ provider: { type: "provider", ...answering } });
        },
        onText(text) {
          firstTokenMs ??= Date.now() - operation.createdAt.getTime();
          run.update({ text: run.state.text + text });
        },
      },
    );
    const { text } = run.state;
    await stopCheckpoints();
    const cost = operation.amount;
    const done = await deliverAnswer(operation, { text, outcome: "complete", cost, by, firstTokenMs }, log);
    if (reason === "stop" && by && !by.fallback) kept = { ...by, text };
    return done;
  } catch (error) {
    await stopCheckpoints();
    const { text } = run.state;
    const preventedBy = await begun.then(
      () => undefined,
      (reason: unknown) => ({ reason }),
    );
    if (preventedBy) return await failAnswer(operation, text, tellFailure(preventedBy.reason), by, log);
    if (run.stop.signal.reason === STOPPED_BY_USER) {
      const cost = text === "" ? 0 : operation.amount;
      return await deliverAnswer(operation, { text, outcome: "stopped", cost, by, firstTokenMs }, log);
    }
    const failure = tellFailure(run.stop.signal.aborted ? undefined : error);
    if (failure.code === "INTERNAL") log.error({ err: error }, "answer failed");
    return await failAnswer(operation, text, failure, by, log);
  } finally {
    if (flight.role === "leader") await flight.land(kept);
  }
}
