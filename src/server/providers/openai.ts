import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError } from "openai";
import { z } from "zod";
import { abortable, withOwnSignal } from "./abortable";
import type { ChatProvider, ChatRequest } from "./chat-provider";
import { explainTransport, failure, parseRetryAfter, transportKind } from "./explain-failure";
import { dateOf, unknownModel } from "./model-lookup";
import { type FetchNotes, observeFetch } from "./observe-fetch";
import { ProviderError } from "./provider-error";
import { type ChatEventReading, readChatStream } from "./read-chat-stream";

export interface OpenaiOptions {
  apiKey: string;
  /** With its version, as in `https://api.openai.com/v1`, which is the default. */
  baseUrl?: string;
  sandbox: boolean;
}

const streamEvent = z.object({
  choices: z.array(
    z.object({
      delta: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }).nullish(),
      finish_reason: z.string().nullish(),
    }),
  ),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
});

const modelReply = z.object({ id: z.string() });

/** OpenAI's chat completions, through its SDK. */
export function createOpenai({ apiKey, baseUrl, sandbox }: OpenaiOptions): ChatProvider {
  // Never from the environment: an empty base URL or a stray organisation there must not change where prompts go.
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl ?? "https://api.openai.com/v1",
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: "off",
  });
  return {
    name: "openai",
    sandbox,
    stream(request) {
      const notes: FetchNotes = {};
      return readChatStream(request, {
        provider: "openai",
        open: (signal) => observeFetch(notes, () => open(client, request, signal)),
        read,
        explain: (error) => explain(error, notes, [apiKey, request.system, ...request.turns.map((turn) => turn.text)]),
      });
    },
    async lookUpModel(model, signal) {
      const notes: FetchNotes = {};
      try {
        const { data, response } = await withOwnSignal(signal, (own) =>
          observeFetch(notes, () => client.models.retrieve(model, { signal: own }).withResponse()),
        );
        modelReply.parse(data);
        return { known: true, ...dateOf(response.headers) };
      } catch (error) {
        signal.throwIfAborted();
        return unknownModel(explain(error, notes, [apiKey]));
      }
    },
  };
}

type StreamedChunk = OpenAI.ChatCompletionChunk;

async function open(client: OpenAI, request: ChatRequest, signal: AbortSignal): Promise<AsyncIterator<StreamedChunk>> {
  const system = request.system ? [{ role: "system" as const, content: request.system }] : [];
  const turns = request.turns.map(({ role, text }) => ({ role, content: text }));
  const { data, response } = await client.chat.completions
    .create(
      {
        model: request.model,
        messages: [...system, ...turns],
        stream: true,
        stream_options: { include_usage: true },
      },
      { signal },
    )
    .withResponse();
  // The SDK takes any body for an empty stream.
  if (!response.headers.get("content-type")?.includes("text/event-stream")) {
    throw failure({ provider: "openai", kind: "malformed" });
  }
  const chunks = data[Symbol.asyncIterator]();
  return { next: () => abortable(chunks.next(), signal) };
}

function read(event: unknown): ChatEventReading {
  const { choices, usage } = streamEvent.parse(event);
  const choice = choices[0];
  return {
    text: choice?.delta?.content ?? undefined,
    finish: choice?.delta?.refusal ? "blocked" : finishOf(choice?.finish_reason),
    usage: usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : undefined,
  };
}

function finishOf(reason: string | null | undefined): ChatEventReading["finish"] {
  if (!reason) return undefined;
  if (reason === "length") return "length";
  return reason === "content_filter" ? "blocked" : "stop";
}

function explain(error: unknown, notes: FetchNotes, secrets: string[]): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof APIConnectionTimeoutError) {
    // To the SDK every deadline is one; that the connection was never made is known below it.
    return failure({ provider: "openai", kind: transportKind(notes.error) ?? "timeout" }, error);
  }
  if (error instanceof APIConnectionError) {
    return failure({ provider: "openai", kind: transportKind(error) ?? "connect" }, error);
  }
  if (!(error instanceof APIError)) return explainTransport("openai", error);
  if (typeof error.status !== "number") return failure({ provider: "openai", kind: "error-event" }, error, secrets);
  const waitMs = Number(error.headers?.get("retry-after-ms") || Number.NaN);
  return failure(
    {
      provider: "openai",
      kind: "status",
      status: error.status,
      retryAfterMs: Number.isFinite(waitMs) ? waitMs : parseRetryAfter(error.headers?.get("retry-after")),
    },
    error,
    secrets,
  );
}
