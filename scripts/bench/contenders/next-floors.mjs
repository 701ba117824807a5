import { ask, keepAlive } from "../lib/ask.mjs";
import { json, newQuestion } from "../lib/contender.mjs";
import { startFloorApp } from "../lib/floor-app.mjs";

const messages = (order) => [{ role: "user", content: newQuestion(order) }];
const QUESTION = "What is ink made of?";

/** A pages API route that parses what the provider sends and writes it out again. */
export const pagesFloor = {
  name: "pages-floor",
  async start(rig) {
    const { address, pid, stop } = await startFloorApp(rig);
    const url = `${address}/api/cached`;
    const answer = Array.from({ length: 20 }, (_, i) => `@g${i},${i};`).join("");
    await ask(
      { url, method: "PUT", headers: json, body: JSON.stringify({ question: QUESTION, answer }) },
      keepAlive(1),
    );
    return {
      name: "pages-floor",
      pids: [pid],
      stream: (order) => ({
        url: `${address}/api/chat`,
        headers: json,
        body: JSON.stringify({ messages: messages(order) }),
        lines: true,
      }),
      cached: () => ({ url, headers: json, body: JSON.stringify({ question: QUESTION }) }),
      noop: () => ({ url: `${address}/api/noop`, method: "GET" }),
      stop,
    };
  },
};

/** A Next route handler with tRPC's own JSONL producer. */
export const nextTrpc = {
  name: "next-trpc",
  async start(rig) {
    const { address, pid, stop } = await startFloorApp(rig);
    const headers = { ...json, "trpc-accept": "application/jsonl" };
    const input = encodeURIComponent('{"0":{"json":null,"meta":{"values":["undefined"]}}}');
    return {
      name: "next-trpc",
      pids: [pid],
      stream: (order) => ({
        url: `${address}/trpc/chat?batch=1`,
        headers,
        body: JSON.stringify({ 0: { json: { messages: messages(order) } } }),
        lines: true,
      }),
      noop: () => ({ url: `${address}/trpc/noop?batch=1&input=${input}`, method: "GET", headers }),
      stop,
    };
  },
};
