import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { applyRequestFault, asksForStream, wasBrokenOnPurpose } from "./apply-fault";
import { createCloudinaryStandIn } from "./cloudinary";
import { handleControl } from "./control";
import { type Exchange, parseJson, readBody, type StandIn, sendJson } from "./exchange";
import { type Fault, FaultQueue, queuedFault, SANDBOX_PROVIDERS, type SandboxProvider } from "./faults";
import { gemini } from "./gemini";
import { openai } from "./openai";
import { HUMAN_PACE, type Pace, type PaceChange } from "./pace";
import type { PaypalControl } from "./paypal/control";
import { createPaypalStandIn } from "./paypal/stand-in";
import { createReplicateStandIn } from "./replicate";
import type { ReplicateControl } from "./replicate-webhooks";
import { type LoggedRequest, RequestLog } from "./request-log";

export type { ChatFaultKind, Fault, SandboxProvider } from "./faults";
export type { PaceChange } from "./pace";
export type { PaypalControl } from "./paypal/control";
export type { ReplicateControl } from "./replicate-webhooks";
export type { LoggedRequest } from "./request-log";

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** A loopback address; the sandbox refuses any other. */
  host?: "127.0.0.1" | "::1" | "localhost";
  /** Where predictions, pictures and payments are kept, so that they outlive a restart. */
  dir: string;
  pace?: PaceChange;
  /** Where PayPal's events go; without it they stay here. Replicate's go to the same server. */
  webhookUrl?: string;
  /** What PayPal's plans cost is in this currency; USD by default. */
  currency?: string;
}

export interface Sandbox {
  /** Origin, without a slash at its end. */
  readonly url: string;
  /** Queues a fault. Throws when the provider cannot have it. */
  fail(provider: SandboxProvider, fault: Fault): void;
  /** What arrived since the start or the last reset, oldest first. */
  requests(provider?: SandboxProvider): LoggedRequest[];
  setPace(change: PaceChange): void;
  /** Plays the payer and PayPal itself: approves, refunds, disputes, bills; tells and sends the events. */
  readonly paypal: PaypalControl;
  /** Signs and sends what Replicate has to tell. */
  readonly replicate: ReplicateControl;
  /**
   * Forgets faults, requests and events and returns to the pace of the start. Predictions, pictures and payments stay.
   */
  reset(): void;
  /** Ends open connections and the server. */
  close(): Promise<void>;
}

/** Starts the local doubles of all providers on one loopback port. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", dir, pace, webhookUrl, currency } = options;
  const faults = new FaultQueue();
  const log = new RequestLog();
  const startPace: Pace = { ...HUMAN_PACE, ...pace };
  let currentPace = startPace;
  let origin = "";
  const paypal = createPaypalStandIn({ dir, origin: () => origin, faults, webhookUrl, currency });
  const replicate = createReplicateStandIn({ dir, origin: () => origin, faults, webhookUrl });
  const standIns: Record<SandboxProvider, StandIn> = {
    gemini,
    openai,
    replicate,
    cloudinary: createCloudinaryStandIn(dir, () => origin),
    paypal,
  };

  const control = {
    faults,
    log,
    paypal: paypal.control,
    setPace: (change: PaceChange) => {
      currentPace = { ...currentPace, ...change };
    },
    reset: () => {
      faults.clear();
      log.clear();
      paypal.reset();
      replicate.reset();
      currentPace = startPace;
    },
  };

  async function route(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // A name that merely resolves to loopback belongs to somebody else's page.
    if (!isLoopback(req.headers.host)) return sendJson(res, 403, { error: "The sandbox answers on loopback only." });
    const url = new URL(req.url ?? "/", origin);
    if (url.pathname === "/__health") return sendJson(res, 200, { ok: true });
    if (url.pathname.startsWith("/__control/")) return handleControl(req, res, url, control);
    const provider = SANDBOX_PROVIDERS.find((name) => url.pathname.startsWith(`/${name}/`));
    if (!provider) return sendJson(res, 404, { error: "No such provider." });
    url.pathname = url.pathname.slice(provider.length + 1);
    await serve(req, res, url, provider);
  }

  async function serve(req: IncomingMessage, res: ServerResponse, url: URL, provider: SandboxProvider): Promise<void> {
    const standIn = standIns[provider];
    const method = req.method ?? "GET";
    const entry = log.add({ provider, method, path: url.pathname + url.search });
    const closed = watchClose(req, res, entry);
    closed.addEventListener("abort", () => log.end(entry), { once: true });
    const body = await readBody(req);
    // Forms carry pictures; their stand-in notes the fields.
    if (!req.headers["content-type"]?.startsWith("multipart/")) entry.body = parseJson(body);
    const request = { path: url.pathname, body: body.toString("utf8") };
    const fault = faults.take(provider, request, (waiting) => standIn.takesFault(method, url.pathname, waiting));
    const exchange: Exchange = { req, res, url, body, closed, pace: currentPace, fault, log: entry };
    const strikesLater = (fault?.afterDeltas ?? 0) > 0 && asksForStream(exchange);
    if (fault && !strikesLater && (await applyRequestFault(exchange, fault, standIn))) return;
    await standIn.handle(
      fault && !strikesLater && fault.kind === "delay" ? { ...exchange, fault: undefined } : exchange,
    );
  }

  const server = createServer((req, res) => {
    route(req, res).catch((error: unknown) => {
      if (res.headersSent || res.destroyed || req.destroyed) return res.destroy();
      console.error("sandbox:", error);
      sendJson(res, 500, { error: "The sandbox itself failed." });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The sandbox has no port.");
  origin = `http://${host === "::1" ? "[::1]" : host}:${address.port}`;

  return {
    url: origin,
    fail: (provider, fault) => faults.add(queuedFault.parse({ provider, ...fault })),
    requests: (provider) => log.list(provider),
    setPace: control.setPace,
    paypal: paypal.control,
    replicate: replicate.control,
    reset: control.reset,
    close: () =>
      new Promise((resolve, reject) => {
        paypal.close();
        replicate.reset();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** Notes in the log how the exchange ended; the signal aborts when the connection is gone. */
function watchClose(req: IncomingMessage, res: ServerResponse, entry: LoggedRequest): AbortSignal {
  const gone = new AbortController();
  res.once("close", () => {
    if (res.headersSent) entry.status = res.statusCode;
    entry.completed = res.writableFinished;
    entry.closedByClient = !res.writableFinished && !wasBrokenOnPurpose(req);
    gone.abort();
  });
  return gone.signal;
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}
