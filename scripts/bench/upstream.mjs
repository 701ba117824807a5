/**
 * The provider every contender asks: Gemini's and OpenAI's streams at a pace the prompt itself names, as
 * `{{bench first=20 gap=2 tokens=20 gemini=500}}`. Each token carries the time it was written, the first also when its
 * request came: `@g0,<written>,<received>;` then `@g1,<written>;`, in microseconds of the machine's monotonic clock.
 */
import { createServer } from "node:http";
import { now } from "./lib/clock.mjs";
import { answerUpstream } from "./lib/upstream-answer.mjs";

const counts = { gemini: 0, openai: 0 };
/** Who is asked by which path, and in whose language. `first` is the one asked first of two that both speak OpenAI's. */
const roles = {
  gemini: { provider: "gemini", language: "gemini" },
  first: { provider: "gemini", language: "openai" },
  openai: { provider: "openai", language: "openai" },
};
/** When each provider was asked, by the prompt's `id`, for those who want to know how late the second was. */
const seen = new Map();

const server = createServer((request, response) => {
  const received = now();
  const { url = "" } = request;
  const [, path] = /^\/(gemini|openai|first)\//.exec(url) ?? [];
  if (!path) return response.writeHead(200, { "content-type": "application/json" }).end(lookUp(url));
  counts[roles[path].provider] += 1;
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (piece) => {
    body += piece;
  });
  request.on("end", () => answerUpstream({ ...roles[path], body, received, seen, request, response }));
});

function lookUp(url) {
  const [, id] = /^\/seen\/(\w+)$/.exec(url) ?? [];
  if (!id) return JSON.stringify(counts);
  const times = seen.get(id) ?? {};
  seen.delete(id);
  return JSON.stringify(times);
}

server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => console.log(`upstream ready http://127.0.0.1:${server.address().port}`));
