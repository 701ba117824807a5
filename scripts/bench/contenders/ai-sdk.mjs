import { join } from "node:path";
import { printsLine } from "../../lib/service.mjs";
import { json, newQuestion } from "../lib/contender.mjs";
import { installPeer } from "../lib/peers.mjs";

const manifest = {
  dependencies: { ai: "7.0.173", "ai-fallback": "3.0.0", "@ai-sdk/openai-compatible": "3.0.92" },
};

/** Vercel's AI SDK with ai-fallback, in a plain Node server: the quickest place it could be in. */
export default {
  name: "ai-sdk",
  async start({ upstream, startSystem }) {
    const folder = await installPeer("ai-sdk", manifest, "ai-sdk-server.mjs");
    const { address, pid, stop } = await startSystem({
      name: "AI SDK",
      args: [join(folder, "ai-sdk-server.mjs")],
      env: { UPSTREAM: upstream.address, NODE_ENV: "production" },
      ready: printsLine("ai-sdk ready "),
    });
    const call = (path) => (order) => ({
      url: `${address}${path}`,
      headers: json,
      body: JSON.stringify({ prompt: newQuestion(order) }),
    });
    return { name: "ai-sdk", pids: [pid], stream: call("/chat"), failover: call("/fallback"), stop };
  },
};
