import { join } from "node:path";
import { freePort } from "../../lib/ports.mjs";
import { answers } from "../../lib/service.mjs";
import { json, openaiBody } from "../lib/contender.mjs";
import { installPeer } from "../lib/peers.mjs";

/** With other versions of these two it answers 500 to every stream. */
const manifest = {
  dependencies: { "@portkey-ai/gateway": "1.15.2" },
  overrides: { hono: "4.9.7", "@hono/node-server": "1.13.5" },
};

/** Portkey's gateway: one OpenAI-like API before many providers. It knows neither people nor credits. */
export default {
  name: "portkey",
  async start({ upstream, startSystem }) {
    const folder = await installPeer("portkey", manifest);
    const port = await freePort();
    const address = `http://127.0.0.1:${port}`;
    const { pid, stop } = await startSystem({
      name: "Portkey gateway",
      args: [
        join(folder, "node_modules", "@portkey-ai", "gateway", "build", "start-server.js"),
        "--headless",
        `--port=${port}`,
      ],
      env: { NODE_ENV: "production" },
      ready: answers(address),
    });
    const url = `${address}/v1/chat/completions`;
    const target = (path) => ({ provider: "openai", api_key: "bench", custom_host: `${upstream.address}${path}` });
    const headers = (config) => ({ ...json, "x-portkey-config": JSON.stringify(config) });
    const single = headers(target("/openai/v1"));
    const fallback = headers({ strategy: { mode: "fallback" }, targets: [target("/first/v1"), target("/openai/v1")] });
    return {
      name: "portkey",
      pids: [pid],
      stream: (order) => ({ url, headers: single, body: openaiBody(order) }),
      failover: (order) => ({ url, headers: fallback, body: openaiBody(order) }),
      stop,
    };
  },
};
