import { now } from "./clock.mjs";

const KINDS = { gemini: "g", openai: "o" };

const delta = {
  gemini: (text) => `data: {"candidates":[{"content":{"parts":[{"text":"${text}"}],"role":"model"},"index":0}]}\n\n`,
  openai: (text) =>
    `data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,"delta":{"role":"assistant","content":"${text}"},"logprobs":null,"finish_reason":null}]}\n\n`,
};

const finish = {
  gemini: (tokens) =>
    `data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":${tokens},"totalTokenCount":${tokens + 9}}}\n\n`,
  openai: (tokens) =>
    [
      'data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}\n\n',
      `data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1,"model":"bench","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":${tokens},"total_tokens":${tokens + 9}}}\n\n`,
      "data: [DONE]\n\n",
    ].join(""),
};

/** Answers one call as its prompt says; a fault's name stands beside the provider's. */
export function answerUpstream({ provider, language, body, received, seen, request, response }) {
  const order = readOrder(body);
  if (order.id) seen.set(order.id, { ...seen.get(order.id), [provider]: received });
  const fault = order[provider];
  switch (fault) {
    case "429":
    case "500":
      response.writeHead(Number(fault), { "content-type": "application/json" });
      return response.end(`{"error":{"code":${fault},"message":"as ordered","status":"UNAVAILABLE"}}`);
    case "reset":
      return request.socket.resetAndDestroy();
    case "refused":
      // Sent on to where nobody listens: the call's own connection is what is refused.
      return response.writeHead(307, { location: "http://127.0.0.1:1/refused" }).end();
    case "hang":
      return undefined;
  }
  if (language === "openai" && !body.includes('"stream":true')) return answerWhole(order, received, response);
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
  response.flushHeaders();
  if (fault === "stall") return undefined;
  return streamTokens({ provider, language, order, received, response, breakAt: fault === "break" ? 5 : undefined });
}

/** The last order in the prompt; those before it belong to earlier turns. */
export function readOrder(body) {
  const begins = body.lastIndexOf("{{bench ");
  const order = { first: 20, gap: 2, tokens: 20 };
  if (begins < 0) return order;
  for (const pair of body.slice(begins + 8, body.indexOf("}}", begins)).split(" ")) {
    const [name, value] = pair.split("=");
    order[name] = /^\d+$/.test(value) && name in order ? Number(value) : value;
  }
  return order;
}

function streamTokens({ provider, language, order, received, response, breakAt }) {
  const kind = KINDS[provider];
  let index = 0;
  let timer;
  const step = () => {
    if (index === breakAt) return response.socket?.destroy();
    if (index === order.tokens) return response.end(finish[language](order.tokens));
    const written = now();
    const text = index === 0 ? `@${kind}0,${written},${received};` : `@${kind}${index},${written};`;
    response.write(delta[language](text));
    index += 1;
    // By the schedule, not by the last step: a late one must not delay all after it.
    const due = received + (order.first + index * order.gap) * 1_000;
    timer = setTimeout(step, Math.max(0, Math.round((due - now()) / 1_000)));
  };
  response.on("close", () => clearTimeout(timer));
  timer = setTimeout(step, order.first);
}

function answerWhole(order, received, response) {
  setTimeout(() => {
    response.writeHead(200, { "content-type": "application/json" });
    const content = `@o0,${now()},${received};`;
    response.end(
      `{"id":"chatcmpl-bench","object":"chat.completion","created":1,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"${content}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":1,"total_tokens":10}}`,
    );
  }, order.first);
}
