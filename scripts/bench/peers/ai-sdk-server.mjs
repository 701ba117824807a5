/** The AI SDK as a server: `/chat` asks one provider, `/fallback` a second one when the first fails. */
import { createServer } from "node:http";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import { createFallback } from "ai-fallback";

const provider = (path) =>
  createOpenAICompatible({ name: "bench", apiKey: "bench", baseURL: `${process.env.UPSTREAM}${path}` })("bench");
const first = provider("/first/v1");
const second = provider("/openai/v1");
const models = {
  "/chat": () => second,
  // A new one for each request: it remembers a failure, and would not ask the first one again.
  "/fallback": () => createFallback({ models: [first, second] }),
};

const server = createServer(async (request, response) => {
  let body = "";
  for await (const piece of request) body += piece;
  const { prompt } = JSON.parse(body);
  const result = streamText({ model: models[request.url](), prompt, maxRetries: 0, onError: () => {} });
  result.pipeUIMessageStreamToResponse(response);
});

server.listen(0, "127.0.0.1", () => console.log(`ai-sdk ready http://127.0.0.1:${server.address().port}`));
