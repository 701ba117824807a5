import { inProject } from "../../lib/project.mjs";
import { printsLine } from "../../lib/service.mjs";
import { json, openaiBody } from "../lib/contender.mjs";

export default {
  name: "bare-proxy",
  async start({ upstream, startSystem }) {
    const { address, pid, stop } = await startSystem({
      name: "bare proxy",
      args: [inProject("scripts", "bench", "bare-proxy.mjs")],
      env: { UPSTREAM: upstream.address },
      ready: printsLine("proxy ready "),
    });
    const url = `${address}/openai/v1/chat/completions`;
    return {
      name: "bare-proxy",
      pids: [pid],
      stream: (order) => ({ url, headers: json, body: openaiBody(order) }),
      noop: () => ({ url: `${address}/noop`, method: "GET" }),
      stop,
    };
  },
};
