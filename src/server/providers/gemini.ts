import { GoogleGenerativeAI, GoogleGenerativeAIFetchError } from "@google/generative-ai";
import { z } from "zod";
import { withOwnSignal } from "./abortable";
import type { ChatProvider, ChatRequest } from "./chat-provider";
import { explainTransport, failure, parseRetryAfter } from "./explain-failure";
import { dateOf, type ModelLookup, unknownModel } from "./model-lookup";
import { type FetchNotes, observeFetch } from "./observe-fetch";
import { ProviderError } from "./provider-error";
import { type ChatEventReading, readChatStream } from "./read-chat-stream";

export interface GeminiOptions {
  apiKey: string;
  /** Without the API version; the default is Google's. */
  baseUrl?: string;
  sandbox: boolean;
}

const BLOCKED = new Set(["SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY"]);

const streamEvent = z.object({
  error: z.object({ code: z.number().optional(), message: z.string().optional() }).optional(),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  candidates: z
    .array(
      z.object({
        content: z
          .object({
            parts: z.array(z.object({ text: z.string().optional(), thought: z.boolean().optional() })).optional(),
          })
          .optional(),
        finishReason: z.string().optional(),
      }),
    )
    .optional(),
  usageMetadata: z
    .object({
      promptTokenCount: z.number().optional(),
      candidatesTokenCount: z.number().optional(),
      thoughtsTokenCount: z.number().optional(),
    })
    .optional(),
});

/** Where the SDK sends what it is not told to send elsewhere. */
const BASE_URL = "https://generativelanguage.googleapis.com";
const modelReply = z.object({ name: z.string() });
const refusalReply = z.object({ error: z.object({ message: z.string(), details: z.array(z.unknown()).optional() }) });

const errorDetails = z.array(z.object({ reason: z.string().optional(), retryDelay: z.string().optional() }));

/** Google's Gemini, through its SDK. */
export function createGemini({ apiKey, baseUrl, sandbox }: GeminiOptions): ChatProvider {
  const client = new GoogleGenerativeAI(apiKey);
  return {
    name: "gemini",
    sandbox,
    stream(request) {
      const notes: FetchNotes = {};
      return readChatStream(request, {
        provider: "gemini",
        open: (signal) => observeFetch(notes, () => open(client, request, signal, baseUrl)),
        read,
        explain: (error) => explain(error, notes, [apiKey, ...textsOf(request)]),
      });
    },
    async lookUpModel(model, signal) {
      try {
        return await withOwnSignal(signal, (own) => lookUp(`${baseUrl ?? BASE_URL}/v1beta`, model, apiKey, own));
      } catch (error) {
        signal.throwIfAborted();
        return unknownModel(explain(error, {}, [apiKey]));
      }
    },
  };
}

/** The SDK makes answers, and tells nothing of models. */
async function lookUp(api: string, model: string, apiKey: string, signal: AbortSignal): Promise<ModelLookup> {
  const path = (model.includes("/") ? model : `models/${model}`).split("/").map(encodeURIComponent).join("/");
  const response = await fetch(`${api}/${path}`, { headers: { "x-goog-api-key": apiKey }, signal, cache: "no-store" });
  const reply: unknown = await response.json().catch((error: unknown) => (response.ok ? Promise.reject(error) : {}));
  if (!response.ok) {
    const { error } = refusalReply.safeParse(reply).data ?? {};
    const details = errorDetails.safeParse(error?.details ?? []).data ?? [];
    throw new GoogleGenerativeAIFetchError(error?.message ?? "refused", response.status, undefined, details);
  }
  modelReply.parse(reply);
  return { known: true, ...dateOf(response.headers) };
}

async function open(client: GoogleGenerativeAI, request: ChatRequest, signal: AbortSignal, baseUrl?: string) {
  const model = client.getGenerativeModel(
    { model: request.model, ...(request.system && { systemInstruction: request.system }) },
    baseUrl ? { baseUrl } : {},
  );
  const contents = request.turns.map(({ role, text }) => ({
    role: role === "assistant" ? "model" : "user",
    parts: [{ text }],
  }));
  const { stream, response } = await model.generateContentStream({ contents }, { signal });
  // The SDK reads everything a second time for this promise, which rejects whenever the stream breaks.
  response.catch(() => undefined);
  return stream[Symbol.asyncIterator]();
}

function read(event: unknown): ChatEventReading {
  const { error, promptFeedback, candidates, usageMetadata } = streamEvent.parse(event);
  // The SDK passes an error inside the stream on as an event without candidates.
  if (error) throw failure({ provider: "gemini", kind: "error-event", status: error.code }, new Error(error.message));
  const usage = usageMetadata && {
    inputTokens: usageMetadata.promptTokenCount ?? 0,
    outputTokens: (usageMetadata.candidatesTokenCount ?? 0) + (usageMetadata.thoughtsTokenCount ?? 0),
  };
  if (promptFeedback?.blockReason) return { finish: "blocked", usage };
  const candidate = candidates?.[0];
  const text = candidate?.content?.parts?.map((part) => (part.thought ? "" : (part.text ?? ""))).join("");
  return { text, finish: finishOf(candidate?.finishReason), usage };
}

function finishOf(reason: string | undefined): ChatEventReading["finish"] {
  if (reason === undefined || reason === "FINISH_REASON_UNSPECIFIED") return undefined;
  if (reason === "STOP") return "stop";
  if (reason === "MAX_TOKENS") return "length";
  if (BLOCKED.has(reason)) return "blocked";
  // LANGUAGE, OTHER and their like: the model gave up, and another one may not.
  throw failure({ provider: "gemini", kind: "error-event" }, new Error(`The answer ended with ${reason}.`));
}

function explain(error: unknown, notes: FetchNotes, secrets: string[]): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof GoogleGenerativeAIFetchError && error.status) {
    const parsed = errorDetails.safeParse(error.errorDetails ?? []);
    const details = parsed.success ? parsed.data : [];
    // Google answers a wrong key with 400, which elsewhere means that the request is at fault.
    const badKey = details.some(({ reason }) => reason === "API_KEY_INVALID");
    const delay = details.find(({ retryDelay }) => retryDelay)?.retryDelay?.replace(/s$/, "");
    return failure(
      {
        provider: "gemini",
        kind: "status",
        status: badKey ? 401 : error.status,
        retryAfterMs: parseRetryAfter(delay ?? notes.retryAfter),
      },
      error,
      secrets,
    );
  }
  // The SDK drops the cause of network errors, so the notes have to tell a broken connection from a broken reply.
  return explainTransport("gemini", notes.error ?? error);
}

function textsOf({ system, turns }: ChatRequest): string[] {
  return [system, ...turns.map((turn) => turn.text)];
}
