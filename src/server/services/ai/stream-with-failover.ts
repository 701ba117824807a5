import { countDown } from "@/server/lib/count-down";
import type { Logger } from "@/server/lib/logger";
import { policy } from "@/server/lib/policy";
import type { ChatChunk, ChatProvider, ChatTurn, TokenUsage } from "@/server/providers/chat-provider";
import { ProviderError } from "@/server/providers/provider-error";
import { noteProviderCall } from "@/server/services/observability/note-provider-call";
import type { ChatTier } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import { chatChain } from "./chat-models";
import { noteChunks } from "./note-chunks";
import { callGuarded, noteLateFailure, ProviderResting } from "./provider-guard";

export interface AnswerRequest {
  tier: ChatTier;
  system: string;
  turns: ChatTurn[];
  /** When the first words have to be there, whoever gives them; in milliseconds since the epoch. */
  answerBy: number;
  /** Aborting it closes the connection to whichever provider is answering. */
  signal: AbortSignal;
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

export type AnswerChunk =
  /** Comes once, before the first text. */
  | { type: "provider"; by: AnsweredBy }
  | { type: "text"; text: string }
  | { type: "finish"; reason: "stop" | "length"; usage?: TokenUsage };

/**
 * Streams one answer from the first provider that can give it. The same provider may be asked once more, another one
 * after it, only while no text has been passed on; after that a failure is the answer's end.
 * @throws AppError CONTENT_BLOCKED (never asked elsewhere: that would go round moderation) · PROVIDER_UNAVAILABLE ·
 *   PROVIDER_TIMEOUT · the signal's reason when it aborts.
 */
export async function* streamWithFailover(request: AnswerRequest): AsyncGenerator<AnswerChunk> {
  const chain = chatChain(request.tier);
  if (chain.length === 0) throw new AppError("SERVICE_UNAVAILABLE", "Chat is not set up on this server.");
  const { answerBy, signal, requestId, log } = request;
  let callsLeft = policy.providers.callsMax;
  const failures: (ProviderError | ProviderResting)[] = [];

  for (const [index, { provider, model }] of chain.entries()) {
    if (Date.now() >= answerBy || callsLeft === 0) break;
    const guarded = `${provider.name}/${model}`;
    const attempt = () => {
      const { name, sandbox } = provider;
      return noteProviderCall({ provider: name, model, kind: "chat", sandbox, requestId, log });
    };
    let answer: BegunAnswer;
    try {
      answer = await callGuarded(guarded, {
        signal,
        // Every provider after this one keeps a call of its own.
        mayRetry: () => callsLeft > chain.length - 1 - index && Date.now() < answerBy,
        call: () => {
          callsLeft -= 1;
          const chunks = streamWithDeadlines(provider, model, request);
          return beginAnswer(noteChunks(attempt(), chunks, request), provider.name);
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
    yield {
      type: "provider",
      by: { provider: provider.name, model, fallback: failures.length > 0, sandbox: provider.sandbox },
    };
    try {
      yield* wholeAnswer(answer);
      return;
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof ProviderError) await noteLateFailure(guarded, error);
      throw error;
    }
  }
  const ranOut = Date.now() >= answerBy;
  const allLate =
    failures.length > 0 && failures.every((it) => it instanceof ProviderError && it.code === "PROVIDER_TIMEOUT");
  throw new AppError(ranOut || allLate ? "PROVIDER_TIMEOUT" : "PROVIDER_UNAVAILABLE", undefined, {
    cause: failures.at(-1),
  });
}

/** An answer whose first words are there. */
interface BegunAnswer {
  first: string;
  rest: AsyncGenerator<ChatChunk>;
}

/** Waits for an answer's first words: as long as there are none, somebody else can be asked. */
async function beginAnswer(chunks: AsyncGenerator<ChatChunk>, provider: ChatProvider["name"]): Promise<BegunAnswer> {
  try {
    return { first: await firstWords(chunks, provider), rest: chunks };
  } catch (error) {
    // An empty answer that is over still has its call and its deadlines.
    await chunks.return(undefined);
    throw error;
  }
}

async function firstWords(chunks: AsyncGenerator<ChatChunk>, provider: ChatProvider["name"]): Promise<string> {
  for (;;) {
    const { value, done } = await chunks.next();
    if (done) throw new ProviderError({ provider, kind: "incomplete" });
    if (value.type === "text" && value.text !== "") return value.text;
    if (value.type !== "finish") continue;
    if (value.reason === "blocked") throw new AppError("CONTENT_BLOCKED");
    throw new ProviderError({ provider, kind: "incomplete" });
  }
}

async function* wholeAnswer({ first, rest }: BegunAnswer): AsyncGenerator<AnswerChunk> {
  try {
    yield { type: "text", text: first };
    for await (const chunk of rest) {
      if (chunk.type === "text") {
        if (chunk.text !== "") yield chunk;
        continue;
      }
      if (chunk.reason === "blocked") throw new AppError("CONTENT_BLOCKED");
      yield { type: "finish", reason: chunk.reason, usage: chunk.usage };
    }
  } finally {
    // Also when nobody read on: the call upstream ends with its reader.
    await rest.return(undefined);
  }
}

/** A request the provider found wrong in itself would be wrong elsewhere too. */
function mayAskAnother({ failure }: ProviderError): boolean {
  return !(failure.kind === "status" && (failure.status === 400 || failure.status === 422));
}

/** One provider's stream, cut off with a `timeout` failure when content is late, stalls, or goes on too long. */
async function* streamWithDeadlines(
  provider: ChatProvider,
  model: string,
  { system, turns, answerBy, signal }: AnswerRequest,
): AsyncGenerator<ChatChunk> {
  const { providerFirstContentMs, idleMs, totalMs } = policy.chat;
  const cut = new AbortController();
  const late = () => cut.abort(new ProviderError({ provider: provider.name, kind: "timeout" }));
  const firstContentMs = Math.min(providerFirstContentMs[provider.name], answerBy - Date.now());
  let stopWaiting = countDown(firstContentMs, late);
  const total = setTimeout(late, totalMs);
  try {
    const chunks = provider.stream({ model, system, turns, signal: AbortSignal.any([signal, cut.signal]) });
    for await (const chunk of chunks) {
      if (chunk.type === "text" && chunk.text === "") continue;
      stopWaiting();
      yield chunk;
      stopWaiting = countDown(idleMs, late);
    }
  } finally {
    stopWaiting();
    clearTimeout(total);
    // Ends the upstream call also when the reader stopped reading.
    cut.abort(new ProviderError({ provider: provider.name, kind: "reset" }));
  }
}
