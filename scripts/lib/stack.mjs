import { pathToFileURL } from "node:url";
import { nextCommand } from "./build.mjs";
import { inProject } from "./project.mjs";
import { answers, printsLine, Service } from "./service.mjs";

const START_MS = 60_000;
/** The first page of a development server is compiled on request. */
const DEV_START_MS = 240_000;

/**
 * Room for what lives as long as a request: with Node's own 16 MB a busy process spends a quarter of its time on looking
 * through it again and again (docs/contributors/performance.md).
 */
const HEAP = "--max-semi-space-size=32";

const watchParent = pathToFileURL(inProject("scripts", "lib", "watch-parent.mjs")).href;

/** The embedded database. Whatever port it is given first, it comes back on after a crash. */
export function storeService({ directory, environment, say }) {
  let port = environment.EMBEDDED_PORT || "0";
  const service = new Service({
    name: "embedded store",
    patience: START_MS,
    say,
    command: () => ({
      args: [HEAP, "--import", "tsx", inProject("src", "embedded", "main.ts")],
      env: {
        ...environment,
        EMBEDDED_DIR: directory,
        EMBEDDED_PORT: port,
        EMBEDDED_PARENT_PID: String(process.pid),
      },
    }),
    ready: async (child, signal) => {
      const address = await printsLine("embedded store ready ")(child, signal);
      port = new URL(address).port;
      return address;
    },
  });
  return service;
}

/** The stand-in for every provider without a key. */
export function sandboxService({ directory, environment, port, say }) {
  return new Service({
    name: "provider sandbox",
    patience: START_MS,
    say,
    command: () => ({
      args: ["--import", "tsx", inProject("src", "sandbox", "main.ts")],
      env: {
        ...environment,
        SANDBOX_DIR: directory,
        SANDBOX_PORT: String(port),
        SANDBOX_PARENT_PID: String(process.pid),
        // Where PayPal's stand-in sends its messages, on this machine and not around it.
        SANDBOX_WEBHOOK_URL: environment.SANDBOX_WEBHOOK_URL || `${appOrigin(environment)}/api/webhooks/paypal`,
        SANDBOX_CURRENCY: environment.CURRENCY || "USD",
      },
    }),
    ready: printsLine("sandbox ready "),
  });
}

/** The app as this machine reaches it. A host of 0.0.0.0 or :: means every interface; it is asked on the loopback one. */
export function appOrigin({ HOST: host = "127.0.0.1", PORT: port }) {
  const reachable = { "0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1" }[host] ?? host;
  return `http://${reachable}:${port}`;
}

/** The app itself: `next start`, or `next dev` in development. */
export function appService({ environment, host, port, dev, say }) {
  const next = [nextCommand, dev ? "dev" : "start", "-p", String(port), "-H", host];
  return new Service({
    name: "app",
    patience: dev ? DEV_START_MS : START_MS,
    say,
    command: () => ({
      args: [HEAP, "--import", watchParent, ...next],
      env: {
        ...environment,
        NODE_ENV: dev ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        // In production the app drains on SIGTERM itself; Next would end it at once.
        ...(!dev && { NEXT_MANUAL_SIG_HANDLE: "true" }),
      },
    }),
    ready: answers(`${appOrigin({ HOST: host, PORT: port })}/api/health/ready`),
  });
}
