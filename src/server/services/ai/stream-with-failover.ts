import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import type { ChatChunk, ChatProvider, ChatTurn, TokenUsage } from "@/server/providers/chat-provider";
import { chatProviders } from "@/server/providers/configured";
import { ProviderError } from "@/server/providers/provider-error";
import type { ChatTier } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { modelFor } from "./chat-models";

export interface AnswerRequest {
  tier: ChatTier;
  system: string;
  turns: ChatTurn[];
  /** Aborting it closes the connection to whichever provider is answering. */
  signal: AbortSignal;
  log: Logger;
}

export interface AnsweredBy {
  provider: string;
  model: string;
  /** Another provider was asked first and could not answer. */
  fallback: boolean;
  sandbox: boolean;
}

export type AnswerChunk =
  /** Comes once, before the first text. */
  | { type: "provider"; by: AnsweredBy }
  | { type: "text"; text: string }
  | { type: "finish"; reason: "stop" | "length"; usage?: TokenUsage };

/**
 * Streams one answer from the first provider that can give it. Another provider is asked only while no text has been
 * passed on; after that a failure is the answer's end.
 * @throws AppError CONTENT_BLOCKED (never asked elsewhere: that would go round moderation) · PROVIDER_UNAVAILABLE ·
 *   PROVIDER_TIMEOUT · the signal's reason when it aborts.
 */
export async function* streamWithFailover(request: AnswerRequest): AsyncGenerator<AnswerChunk> {
  const providers = chatProviders();
  if (providers.length === 0) throw new AppError("SERVICE_UNAVAILABLE", "Chat is not set up on this server.");
  const answerBy = Date.now() + policy.chat.firstContentMs;
  const failures: ProviderError[] = [];

  for (const provider of providers) {
    if (Date.now() >= answerBy) break;
    const model = modelFor(provider.name, request.tier);
    const startedAt = performance.now();
    let begun = false;
    try {
      for await (const chunk of streamWithDeadlines(provider, model, request, answerBy)) {
        if (chunk.type === "finish") {
          if (chunk.reason === "blocked") throw new AppError("CONTENT_BLOCKED");
          if (!begun) throw new ProviderError({ provider: provider.name, kind: "incomplete" });
          yield { type: "finish", reason: chunk.reason, usage: chunk.usage };
          continue;
        }
        if (chunk.text === "") continue;
        if (!begun) {
          begun = true;
          const ms = Math.round(performance.now() - startedAt);
          request.log.info({ provider: provider.name, model, ms }, "provider answered");
          const fallback = failures.length > 0;
          yield { type: "provider", by: { provider: provider.name, model, fallback, sandbox: provider.sandbox } };
        }
        yield chunk;
      }
      return;
    } catch (error) {
      if (request.signal.aborted) throw request.signal.reason;
      if (!(error instanceof ProviderError)) throw error;
      const ms = Math.round(performance.now() - startedAt);
      request.log.warn({ provider: provider.name, model, ms, failure: error.failure, begun }, "provider failed");
      if (begun || !mayAskAnother(error)) throw error;
      failures.push(error);
    }
  }
  const timedOut = failures.length > 0 && failures.every((failure) => failure.code === "PROVIDER_TIMEOUT");
  throw new AppError(timedOut ? "PROVIDER_TIMEOUT" : "PROVIDER_UNAVAILABLE", undefined, { cause: failures.at(-1) });
}

/** A request the provider found wrong in itself would be wrong elsewhere too. */
function mayAskAnother({ failure }: ProviderError): boolean {
  return !(failure.kind === "status" && (failure.status === 400 || failure.status === 422));
}

/** One provider's stream, cut off with a `timeout` failure when content is late, stalls, or goes on too long. */
async function* streamWithDeadlines(
  provider: ChatProvider,
  model: string,
  { system, turns, signal }: AnswerRequest,
  answerBy: number,
): AsyncGenerator<ChatChunk> {
  const { providerFirstContentMs, idleMs, totalMs } = policy.chat;
  const cut = new AbortController();
  const late = () => cut.abort(new ProviderError({ provider: provider.name, kind: "timeout" }));
  const firstContentMs = Math.min(providerFirstContentMs[provider.name], answerBy - Date.now());
  let timer = setTimeout(late, firstContentMs);
  const total = setTimeout(late, totalMs);
  try {
    const chunks = provider.stream({ model, system, turns, signal: AbortSignal.any([signal, cut.signal]) });
    for await (const chunk of chunks) {
      if (chunk.type === "text" && chunk.text === "") continue;
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(late, idleMs);
    }
  } finally {
    clearTimeout(timer);
    clearTimeout(total);
    // Ends the upstream call also when the reader stopped reading.
    cut.abort(new ProviderError({ provider: provider.name, kind: "reset" }));
  }
}
