import { join } from "node:path";
import { breakConnection } from "../apply-fault";
import { type Exchange, parseJson, type StandIn, strikesLooks } from "../exchange";
import { type FaultQueue, isCaptureFault, isRefundFault, isWebhookFault } from "../faults";
import { answerBrowser } from "./browser-routes";
import type { Answer, Call, Paypal } from "./call";
import { createPaypalControl, type PaypalControl } from "./control";
import { decimalsOf } from "./money";
import { Tokens } from "./oauth";
import { PaypalProblem, problemOf } from "./problem";
import { findRoute } from "./routes";
import { CERTIFICATE_PATH } from "./signature";
import { PaypalState } from "./state";
import { WEBHOOKS_PATH, Webhooks } from "./webhooks";

export interface PaypalOptions {
  /** The sandbox's; the stand-in takes a folder of it. */
  dir: string;
  /** The sandbox's own address, known once it listens. */
  origin(): string;
  faults: FaultQueue;
  webhookUrl: string | undefined;
  currency: string | undefined;
}

export interface PaypalStandIn extends StandIn {
  control: PaypalControl;
  /** Forgets events; payments stay. */
  reset(): void;
  /** Ends every delivery. */
  close(): void;
}

/** PayPal's double: orders, captures, refunds, subscriptions, disputes, and the webhooks that tell of them. */
export function createPaypalStandIn(options: PaypalOptions): PaypalStandIn {
  const { origin, faults, webhookUrl, currency = "USD" } = options;
  if (decimalsOf(currency) === undefined) throw new Error(`PayPal takes no ${currency}.`);
  const dir = join(options.dir, "paypal");
  const base = () => `${origin()}/paypal`;
  const webhooks = new Webhooks(dir, base, faults, webhookUrl);
  const paypal: Paypal = { state: new PaypalState(dir), webhooks, base, currency };
  const tokens = new Tokens();

  async function answerTo(exchange: Exchange): Promise<Answer> {
    const { req, url, body, fault, log } = exchange;
    const page = await answerBrowser(paypal, exchange);
    if (page) return page;
    const method = req.method ?? "GET";
    const { authorization, prefer } = req.headers;
    if (method === "POST" && url.pathname === "/v1/oauth2/token") return tokens.issue(authorization, body.toString());
    await paypal.state.ready();
    const refused = tokens.refusalOf(authorization);
    if (refused) return refused;
    const found = findRoute(method, url.pathname);
    if (!found) return toAnswer(problemOf(404, "The specified resource does not exist."));
    const requestId = req.headers["paypal-request-id"]?.toString();
    log.requestId = requestId;
    const full = prefer?.includes("return=representation") ?? false;
    const call: Call = { url, body: parseJson(body), requestId, full, fault };
    try {
      return await found.run(paypal, call, found.id);
    } catch (error) {
      if (error instanceof PaypalProblem) return toAnswer(error);
      throw error;
    }
  }

  return {
    control: createPaypalControl(paypal),
    reset: () => webhooks.reset(),
    close: () => webhooks.close(),

    takesFault(method, path, fault) {
      if (isWebhookFault(fault)) return false;
      if (isCaptureFault(fault)) return method === "POST" && path.endsWith("/capture");
      if (isRefundFault(fault)) return method === "POST" && path.endsWith("/refund");
      if (path === WEBHOOKS_PATH && !strikesLooks(fault)) return false;
      if (fault.kind === "lost-response") return method === "POST" && isApi(path) && !path.startsWith("/v1/oauth2/");
      return isApi(path) || path === "/sdk/js";
    },

    async handle(exchange) {
      const answer = await answerTo(exchange);
      // Done as asked, only that the caller never hears of it.
      if (exchange.fault?.kind === "lost-response") return breakConnection(exchange);
      send(exchange, answer);
    },

    refuse(res, status, message = "The sandbox was asked to refuse this request.", retryAfter) {
      const headers: Record<string, string> = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
      send({ res }, { ...toAnswer(problemOf(status, message)), headers });
    },
  };
}

function isApi(path: string): boolean {
  return /^\/v[12]\//.test(path) && path !== CERTIFICATE_PATH;
}

function toAnswer(problem: PaypalProblem): Answer {
  return { status: problem.status, body: problem.toBody() };
}

function send({ res }: Pick<Exchange, "res">, { status, body, headers }: Answer): void {
  const text = typeof body === "object" ? JSON.stringify(body) : (body ?? "");
  res.writeHead(status, {
    ...(typeof body === "object" && { "content-type": "application/json" }),
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  res.end(text);
}
