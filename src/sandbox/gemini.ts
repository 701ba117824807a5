import type { ServerResponse } from "node:http";
import { z } from "zod";
import { asksForBlock, composeReply, splitIntoTokens } from "./chat/compose-reply";
import { countTokens, type SandboxPrompt } from "./chat/prompt";
import { type Exchange, parseJson, type StandIn, sendJson, strikesLooks, UNKNOWN_MODEL, WRONG_KEY } from "./exchange";
import { degradeStreamFault } from "./plain-answer";
import { type StreamWire, streamAnswer } from "./stream-answer";

/** Gemini sends a few words at a time. */
const TOKENS_PER_PIECE = 3;

const STATUS_WORD: Record<number, string> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

const content = z.object({ role: z.string().optional(), parts: z.array(z.object({ text: z.string().default("") })) });
const generateRequest = z.object({ contents: z.array(content).min(1), systemInstruction: content.optional() });

export const gemini: StandIn = {
  takesFault: (_method, path, fault) => path.includes(":") || strikesLooks(fault),

  async handle(exchange) {
    const { req, res, url } = exchange;
    const key = req.headers["x-goog-api-key"] || url.searchParams.get("key");
    if (!key) return gemini.refuse(res, 401, "Request is missing required authentication credential.");
    if (key === WRONG_KEY) return refuseKey(res);
    if (req.method === "GET" && url.pathname === "/v1beta/models") {
      return sendJson(res, 200, { models: [{ name: "models/gemini-sandbox", displayName: "Sandbox" }] });
    }
    const model = /^\/v1beta\/models\/([A-Za-z0-9._-]{1,100})(:|$)/.exec(url.pathname)?.[1];
    if (model === UNKNOWN_MODEL) return gemini.refuse(res, 404, `models/${model} is not found for API version v1beta.`);
    if (req.method === "GET" && model) {
      return sendJson(res, 200, { name: `models/${model}`, displayName: "Sandbox", version: "001" });
    }
    const call = /^\/v1(?:beta)?\/models\/([A-Za-z0-9._-]{1,100}):(generateContent|streamGenerateContent)$/.exec(
      url.pathname,
    );
    if (req.method !== "POST" || !call?.[1]) return gemini.refuse(res, 404, `${url.pathname} is not found.`);
    const parsed = generateRequest.safeParse(parseJson(exchange.body));
    if (!parsed.success) return gemini.refuse(res, 400, "Invalid JSON payload received.");

    const prompt = toPrompt(call[1], parsed.data);
    if (call[2] === "streamGenerateContent") return streamContent(exchange, prompt);
    if (await degradeStreamFault(exchange, gemini)) return;
    const blocked = exchange.fault?.kind === "blocked" || asksForBlock(prompt);
    const reply = composeReply(prompt);
    sendJson(res, 200, blocked ? blockedPrompt(prompt) : chunk(reply, "STOP", usage(prompt, reply)));
  },

  refuse(res: ServerResponse, status, message = "The sandbox was asked to refuse this request.", retryAfter) {
    const details =
      retryAfter === undefined
        ? undefined
        : [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retryAfter}s` }];
    sendJson(res, status, {
      error: { code: status, message, status: STATUS_WORD[status] ?? "UNKNOWN", ...(details && { details }) },
    });
  },
};

/** Google calls a wrong key an invalid argument. */
function refuseKey(res: ServerResponse): void {
  sendJson(res, 400, {
    error: {
      code: 400,
      message: "API key not valid. Please pass a valid API key.",
      status: "INVALID_ARGUMENT",
      details: [
        { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID", domain: "googleapis.com" },
      ],
    },
  });
}

function streamContent(exchange: Exchange, prompt: SandboxPrompt): Promise<void> | void {
  const reply = composeReply(prompt);
  const tokens = splitIntoTokens(reply);
  const pieces: string[] = [];
  for (let i = 0; i < tokens.length; i += TOKENS_PER_PIECE) {
    pieces.push(tokens.slice(i, i + TOKENS_PER_PIECE).join(""));
  }
  if (exchange.url.searchParams.get("alt") !== "sse") {
    return sendJson(exchange.res, 200, [chunk(reply, "STOP", usage(prompt, reply))]);
  }
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
  const wire: StreamWire = {
    delta: (text) => event(chunk(text)),
    finish: () => [event(chunk("", "STOP", usage(prompt, reply)))],
    errorEvent: () => event({ error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } }),
    badChunk: () => 'data: {"candidates":[{"content":\n\n',
    blocked: (delivered) =>
      delivered === 0
        ? [event(blockedPrompt(prompt))]
        : [event({ candidates: [{ finishReason: "SAFETY", index: 0 }] })],
  };
  if (asksForBlock(prompt)) return streamAnswer(exchange, [], { ...wire, finish: () => wire.blocked(0) }, 1);
  return streamAnswer(exchange, pieces, wire, TOKENS_PER_PIECE);
}

function toPrompt(model: string, request: z.infer<typeof generateRequest>): SandboxPrompt {
  const textOf = ({ parts }: z.infer<typeof content>) => parts.map((part) => part.text).join("");
  return {
    flavour: "gemini",
    model,
    system: request.systemInstruction ? textOf(request.systemInstruction) : "",
    turns: request.contents.map((turn) => ({ role: turn.role === "model" ? "assistant" : "user", text: textOf(turn) })),
  };
}

function chunk(text: string, finishReason?: string, usageMetadata?: object): object {
  return {
    candidates: [{ content: { parts: [{ text }], role: "model" }, ...(finishReason && { finishReason }), index: 0 }],
    ...(usageMetadata && { usageMetadata }),
  };
}

function blockedPrompt(prompt: SandboxPrompt): object {
  return { promptFeedback: { blockReason: "SAFETY", safetyRatings: [] }, usageMetadata: usage(prompt, "") };
}

function usage({ system, turns }: SandboxPrompt, reply: string): object {
  const promptTokenCount = countTokens(system + turns.map((turn) => turn.text).join(" "));
  const candidatesTokenCount = countTokens(reply);
  return { promptTokenCount, candidatesTokenCount, totalTokenCount: promptTokenCount + candidatesTokenCount };
}
