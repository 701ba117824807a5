import { type GenerateContentRequest, GoogleGenerativeAIFetchError } from "@google/generative-ai";
import { request as call } from "undici";
import { z } from "zod";
import { withOwnSignal } from "./abortable";
import type { ChatProvider, ChatRequest } from "./chat-provider";
import { explainTransport, failure, parseRetryAfter } from "./explain-failure";
import { JsonEvents } from "./json-events";
import { dateOf, type ModelLookup, unknownModel } from "./model-lookup";
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

const BASE_URL = "https://generativelanguage.googleapis.com";
const modelReply = z.object({ name: z.string() });
const refusalReply = z.object({ error: z.object({ message: z.string(), details: z.array(z.unknown()).optional() }) });

const errorDetails = z.array(z.object({ reason: z.string().optional(), retryDelay: z.string().optional() }));

/** What cannot be learned from an error alone. */
interface Notes {
  retryAfter?: string;
}

/**
 * Google's Gemini. The call is its SDK's, byte for byte; the stream is read here, for the SDK reads it twice, through
 * five layers of Web streams, which costs more than all the rest of an answer.
 */
export function createGemini({ apiKey, baseUrl = BASE_URL, sandbox }: GeminiOptions): ChatProvider {
  const api = `${baseUrl}/v1beta`;
  return {
    name: "gemini",
    sandbox,
    stream(request) {
      const notes: Notes = {};
      return readChatStream(request, {
        provider: "gemini",
        open: (signal) => open({ api, apiKey, request, signal, notes }),
        read,
        explain: (error) => explain(error, notes, [apiKey, ...textsOf(request)]),
      });
    },
    async lookUpModel(model, signal) {
      try {
        return await withOwnSignal(signal, (own) => lookUp(api, model, apiKey, own));
      } catch (error) {
        signal.throwIfAborted();
        return unknownModel(explain(error, {}, [apiKey]));
      }
    },
  };
}

async function lookUp(api: string, model: string, apiKey: string, signal: AbortSignal): Promise<ModelLookup> {
  const headers = { "x-goog-api-key": apiKey };
  const response = await fetch(`${api}/${pathOf(model)}`, { headers, signal, cache: "no-store" });
  const reply: unknown = await response.json().catch((error: unknown) => (response.ok ? Promise.reject(error) : {}));
  if (!response.ok) throw refusal(response.status, reply);
  modelReply.parse(reply);
  return { known: true, ...dateOf(response.headers) };
}

interface Opening {
  api: string;
  apiKey: string;
  request: ChatRequest;
  signal: AbortSignal;
  notes: Notes;
}

async function open({ api, apiKey, request, signal, notes }: Opening): Promise<AsyncIterator<unknown>> {
  const { system, turns } = request;
  const content: GenerateContentRequest = {
    ...(system && { systemInstruction: { role: "system", parts: [{ text: system }] } }),
    contents: turns.map(({ role, text }) => ({ role: role === "assistant" ? "model" : "user", parts: [{ text }] })),
  };
  const { statusCode, headers, body } = await call(`${api}/${pathOf(request.model)}:streamGenerateContent?alt=sse`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-goog-api-key": apiKey },
    body: JSON.stringify(content),
    signal,
  });
  if (statusCode === 200) return new JsonEvents(body);
  const { "retry-after": retryAfter } = headers;
  notes.retryAfter = typeof retryAfter === "string" ? retryAfter : undefined;
  throw refusal(statusCode, await body.json().catch(() => ({})));
}

const pathOf = (model: string): string =>
  (model.includes("/") ? model : `models/${model}`).split("/").map(encodeURIComponent).join("/");

function refusal(status: number, reply: unknown): GoogleGenerativeAIFetchError {
  const { error } = refusalReply.safeParse(reply).data ?? {};
  const details = errorDetails.safeParse(error?.details ?? []).data ?? [];
  return new GoogleGenerativeAIFetchError(error?.message ?? "refused", status, undefined, details);
}

function read(event: unknown): ChatEventReading {
  const { error, promptFeedback, candidates, usageMetadata } = streamEvent.parse(event);
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

function explain(error: unknown, notes: Notes, secrets: string[]): ProviderError {
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
  return explainTransport("gemini", error);
}

function textsOf({ system, turns }: ChatRequest): string[] {
  return [system, ...turns.map((turn) => turn.text)];
}
