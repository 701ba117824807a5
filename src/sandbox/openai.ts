import type { ServerResponse } from "node:http";
import { z } from "zod";
import { asksForBlock, composeReply, splitIntoTokens } from "./chat/compose-reply";
import { countTokens, type SandboxPrompt } from "./chat/prompt";
import { type Exchange, parseJson, type StandIn, sendJson, strikesLooks, UNKNOWN_MODEL, WRONG_KEY } from "./exchange";
import { hashText } from "./hash";
import { degradeStreamFault } from "./plain-answer";
import { type StreamWire, streamAnswer } from "./stream-answer";

const ERROR_TYPE: Record<number, [type: string, code: string | null]> = {
  400: ["invalid_request_error", null],
  401: ["invalid_request_error", "invalid_api_key"],
  403: ["invalid_request_error", "unsupported_country_region_territory"],
  404: ["invalid_request_error", "model_not_found"],
  429: ["requests", "rate_limit_exceeded"],
};

const REFUSAL = "I'm sorry, but I can't help with that.";

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const completionRequest = z.object({
  model: z.string().regex(/^[A-Za-z0-9._:/-]{1,100}$/),
  messages: z
    .array(
      z.object({
        role: z.enum(["system", "developer", "user", "assistant"]),
        content: z.union([z.string(), z.array(textPart)]),
      }),
    )
    .min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
});

export const openai: StandIn = {
  takesFault: (_method, path, fault) => path.includes("/chat/") || strikesLooks(fault),

  async handle(exchange) {
    const { req, res, url } = exchange;
    const [, key] = /^Bearer (\S+)/.exec(req.headers.authorization ?? "") ?? [];
    if (!key) return openai.refuse(res, 401, "You didn't provide an API key.");
    if (key === WRONG_KEY) return openai.refuse(res, 401, `Incorrect API key provided: ${key}.`);
    if (req.method === "GET" && url.pathname === "/v1/models") {
      return sendJson(res, 200, { object: "list", data: [toModel("gpt-sandbox")] });
    }
    const model = req.method === "GET" && /^\/v1\/models\/([A-Za-z0-9._:-]{1,100})$/.exec(url.pathname)?.[1];
    if (model === UNKNOWN_MODEL) return refuseModel(res, model);
    if (model) return sendJson(res, 200, toModel(model));
    if (req.method !== "POST" || url.pathname !== "/v1/chat/completions") {
      return openai.refuse(res, 404, `Invalid URL (${req.method} ${url.pathname})`);
    }
    const parsed = completionRequest.safeParse(parseJson(exchange.body));
    if (!parsed.success) return openai.refuse(res, 400, "We could not parse the JSON body of your request.");

    if (parsed.data.model === UNKNOWN_MODEL) return refuseModel(res, UNKNOWN_MODEL);
    const prompt = toPrompt(parsed.data);
    const reply = composeReply(prompt);
    const base = {
      id: `chatcmpl-sandbox${hashText(reply)}`,
      created: Math.floor(Date.now() / 1000),
      model: prompt.model,
    };
    if (parsed.data.stream) {
      return streamCompletion(exchange, prompt, reply, base, parsed.data.stream_options?.include_usage === true);
    }
    if (await degradeStreamFault(exchange, openai)) return;
    const blocked = exchange.fault?.kind === "blocked" || asksForBlock(prompt);
    const message = { role: "assistant", content: blocked ? null : reply, refusal: blocked ? REFUSAL : null };
    sendJson(res, 200, {
      ...base,
      object: "chat.completion",
      choices: [{ index: 0, message, finish_reason: "stop", logprobs: null }],
      usage: usage(prompt, reply),
    });
  },

  refuse(res: ServerResponse, status, message = "The sandbox was asked to refuse this request.", retryAfter) {
    const [type, code] = ERROR_TYPE[status] ?? ["server_error", null];
    const headers: Record<string, string> = { "x-request-id": `req_sandbox${status}` };
    if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter);
    sendJson(res, status, { error: { message, type, param: null, code } }, headers);
  },
};

function refuseModel(res: ServerResponse, model: string): void {
  openai.refuse(res, 404, `The model \`${model}\` does not exist or you do not have access to it.`);
}

function toModel(id: string): object {
  return { id, object: "model", created: 0, owned_by: "sandbox" };
}

function streamCompletion(
  exchange: Exchange,
  prompt: SandboxPrompt,
  reply: string,
  base: object,
  includeUsage: boolean,
): Promise<void> {
  const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
  const chunk = (delta: object, finishReason: string | null = null) =>
    event({
      ...base,
      object: "chat.completion.chunk",
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      ...(includeUsage && { usage: null }),
    });
  const ending = (finishReason: string) => [
    chunk({}, finishReason),
    ...(includeUsage
      ? [event({ ...base, object: "chat.completion.chunk", choices: [], usage: usage(prompt, reply) })]
      : []),
    "data: [DONE]\n\n",
  ];
  let begun = false;
  const wire: StreamWire = {
    delta: (text) => {
      const opening = begun ? "" : chunk({ role: "assistant", content: "", refusal: null });
      begun = true;
      return opening + chunk({ content: text });
    },
    finish: () => ending("stop"),
    errorEvent: () =>
      event({ error: { message: "The server had an error.", type: "server_error", param: null, code: null } }),
    badChunk: () => 'data: {"id":"chatcmpl-sandbox","choices":[{"delta":\n\n',
    blocked: (delivered) =>
      delivered === 0
        ? [chunk({ role: "assistant", content: null, refusal: REFUSAL }), ...ending("stop")]
        : ending("content_filter"),
  };
  if (asksForBlock(prompt)) return streamAnswer(exchange, [], { ...wire, finish: () => wire.blocked(0) }, 1);
  return streamAnswer(exchange, splitIntoTokens(reply), wire, 1);
}

function toPrompt({ model, messages }: z.infer<typeof completionRequest>): SandboxPrompt {
  const prompt: SandboxPrompt = { flavour: "openai", model, system: "", turns: [] };
  for (const { role, content } of messages) {
    const text = typeof content === "string" ? content : content.map((part) => part.text).join("");
    if (role === "user" || role === "assistant") prompt.turns.push({ role, text });
    else prompt.system += text;
  }
  return prompt;
}

function usage({ system, turns }: SandboxPrompt, reply: string): object {
  const prompt_tokens = countTokens(system + turns.map((turn) => turn.text).join(" "));
  const completion_tokens = countTokens(reply);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}
