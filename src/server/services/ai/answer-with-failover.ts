import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import { ProviderError } from "@/server/providers/provider-error";
import { noteProviderCall } from "@/server/services/observability/note-provider-call";
import type { ChatTier } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { chatChain } from "./chat-models";
import { ProviderAnswer, type ProviderQuestion } from "./provider-answer";
import { callGuarded, noteLateFailure, ProviderResting } from "./provider-guard";

export interface AnswerRequest extends ProviderQuestion {
  tier: ChatTier;
  requestId: string;
  log: Logger;
}

export interface AnsweredBy {
  provider: string;
  model: string;
  /** Another provider was asked first and could not answer. */
  fallback: boolean;
  sandbox: boolean;
}

/** Who hears of an answer while it comes: called, not asked, for each layer a word passes through costs more than it. */
export interface AnswerListener {
  /** Once, before the first text, which waits until this resolves. */
  onProvider(by: AnsweredBy): Promise<void>;
  onText(text: string): void;
}

/**
 * One answer from the first provider that can give it, passed on as it comes. The same provider may be asked once more,
 * another one after it, only while no text has been passed on; after that a failure is the answer's end.
 * @returns why it ended
 * @throws AppError CONTENT_BLOCKED (never asked elsewhere: that would go round moderation) · PROVIDER_UNAVAILABLE ·
 *   PROVIDER_TIMEOUT · the signal's reason when it aborts.
 */
export async function answerWithFailover(request: AnswerRequest, listener: AnswerListener): Promise<"stop" | "length"> {
  const chain = chatChain(request.tier);
  if (chain.length === 0) throw new AppError("SERVICE_UNAVAILABLE", "Chat is not set up on this server.");
  const { answerBy, signal, requestId, log } = request;
  let callsLeft = policy.providers.callsMax;
  const failures: (ProviderError | ProviderResting)[] = [];

  for (const [index, { provider, model }] of chain.entries()) {
    if (Date.now() >= answerBy || callsLeft === 0) break;
    const { name, sandbox } = provider;
    const guarded = `${name}/${model}`;
    const attempt = () => noteProviderCall({ provider: name, model, kind: "chat", sandbox, requestId, log });
    let answer: ProviderAnswer;
    try {
      answer = await callGuarded(guarded, {
        signal,
        // Every provider after this one keeps a call of its own.
        mayRetry: () => callsLeft > chain.length - 1 - index && Date.now() < answerBy,
        call: () => {
          callsLeft -= 1;
          return begun(new ProviderAnswer(provider, model, request, attempt()));
        },
      });
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (!(error instanceof ProviderError || error instanceof ProviderResting)) throw error;
      if (error instanceof ProviderResting) attempt().end({ outcome: "resting" });
      if (error instanceof ProviderError && !mayAskAnother(error)) throw error;
      failures.push(error);
      continue;
    }
    try {
      await listener.onProvider({ provider: name, model, fallback: failures.length > 0, sandbox });
      return await answer.passOn(listener.onText);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof ProviderError) await noteLateFailure(guarded, error);
      throw error;
    } finally {
      await answer.leave();
    }
  }
  const ranOut = Date.now() >= answerBy;
  const allLate =
    failures.length > 0 && failures.every((it) => it instanceof ProviderError && it.code === "PROVIDER_TIMEOUT");
  throw new AppError(ranOut || allLate ? "PROVIDER_TIMEOUT" : "PROVIDER_UNAVAILABLE", undefined, {
    cause: failures.at(-1),
  });
}

/** The answer once its first words are there. */
async function begun(answer: ProviderAnswer): Promise<ProviderAnswer> {
  try {
    await answer.begin();
    return answer;
  } catch (error) {
    // An empty answer that is over still has its call and its deadlines.
    await answer.leave();
    throw error;
  }
}

/** A request the provider found wrong in itself would be wrong elsewhere too. */
function mayAskAnother({ failure }: ProviderError): boolean {
  return !(failure.kind === "status" && (failure.status === 400 || failure.status === 422));
}
