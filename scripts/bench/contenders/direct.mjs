import { json, openaiBody } from "../lib/contender.mjs";

/** Nobody between: what the client and the machine cost themselves. */
export default {
  name: "direct",
  async start({ upstream }) {
    const url = `${upstream.address}/openai/v1/chat/completions`;
    return {
      name: "direct",
      pids: [],
      stream: (order) => ({ url, headers: json, body: openaiBody(order) }),
      noop: () => ({ url: `${upstream.address}/noop`, method: "GET" }),
      stop: async () => {},
    };
  },
};
