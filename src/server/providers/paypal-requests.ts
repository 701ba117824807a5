import { z } from "zod";
import { withOwnSignal } from "./abortable";
import { explainTransport, failure, parseRetryAfter } from "./explain-failure";
import { createPaypalToken } from "./paypal-token";
import { ProviderError, type ProviderFailure } from "./provider-error";

export interface PaypalAccount {
  clientId: string;
  clientSecret: string;
  /** Where the API is, without a slash at its end: `https://api-m.paypal.com`. */
  baseUrl: string;
}

export interface PaypalCall<T> {
  method: "GET" | "POST";
  /** Under the base URL, with its query. */
  path: string;
  reply: z.ZodType<T>;
  body?: object;
  /** A repeat with the same key has no effect of its own. */
  key?: string;
}

/** PayPal's own "no": an HTTP error with its reasons by name, like `RESOURCE_NOT_FOUND` or `ORDER_NOT_APPROVED`. */
export class PaypalRefusal extends ProviderError {
  static override readonly brand: symbol = Symbol.for("inkwell.PaypalRefusal");

  constructor(
    failure: ProviderFailure,
    readonly issues: readonly string[],
    cause?: unknown,
  ) {
    super(failure, cause);
  }
}

/** True for a refusal that names one of the issues. */
export function isRefusedFor(error: unknown, issues: ReadonlySet<string>): boolean {
  return error instanceof PaypalRefusal && error.issues.some((issue) => issues.has(issue));
}

/** True when PayPal knows no such thing; a 404 that gives no reason is some gateway's and says nothing. */
export function isUnknown(error: unknown): boolean {
  return error instanceof PaypalRefusal && error.failure.status === 404 && error.issues.length > 0;
}

/** An id as part of a path. One of another form is known to nobody, and must not lead to another address. */
export function idInPath(id: string): string {
  if (/^[\w-]{1,100}$/.test(id)) return id;
  throw new PaypalRefusal({ provider: "paypal", kind: "status", status: 404 }, ["INVALID_RESOURCE_ID"]);
}

const tokenReply = z.object({ access_token: z.string().min(1), expires_in: z.number().min(0) });
const issueName = z.string().regex(/^[A-Z0-9_]{1,100}$/);
const refusalReply = z.object({
  name: issueName.optional().catch(undefined),
  debug_id: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional()
    .catch(undefined),
  details: z
    .array(z.object({ issue: issueName.optional().catch(undefined) }))
    .optional()
    .catch(undefined),
});

/**
 * Sends requests to PayPal's REST API, with its access token, and reads the answers. No retries, but for a token that
 * has run out.
 */
export function createPaypalRequests({ clientId, clientSecret, baseUrl }: PaypalAccount) {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");

  async function exchange<T>(path: string, init: RequestInit, reply: z.ZodType<T>, secrets: string[]): Promise<T> {
    // A redirect is told as the status it is: followed, an order could be sent to a stranger.
    const response = await fetch(`${baseUrl}${path}`, { ...init, cache: "no-store", redirect: "manual" });
    if (!response.ok) throw await readRefusal(response, secrets);
    const text = await response.text();
    return reply.parse(text === "" ? undefined : JSON.parse(text));
  }

  const token = createPaypalToken(async (signal) => {
    const headers = {
      authorization: `Basic ${credentials}`,
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    };
    const init = { method: "POST", headers, body: "grant_type=client_credentials", signal };
    const reply = await exchange("/v1/oauth2/token", init, tokenReply, [clientSecret, credentials]);
    return { value: reply.access_token, lifeMs: reply.expires_in * 1_000 };
  });

  function sendWith<T>(value: string, { method, path, reply, body, key }: PaypalCall<T>, signal: AbortSignal) {
    const headers = {
      authorization: `Bearer ${value}`,
      accept: "application/json",
      ...(method === "POST" && { "content-type": "application/json", prefer: "return=representation" }),
      ...(key !== undefined && { "paypal-request-id": key }),
    };
    const init = { method, headers, signal, ...(method === "POST" && { body: JSON.stringify(body ?? {}) }) };
    return exchange(path, init, reply, [value, clientSecret]);
  }

  async function sendAuthorized<T>(call: PaypalCall<T>, signal: AbortSignal): Promise<T> {
    const value = await token.get(signal);
    try {
      return await sendWith(value, call, signal);
    } catch (error) {
      if (!(error instanceof PaypalRefusal) || error.failure.status !== 401) throw error;
      token.drop(value);
    }
    return sendWith(await token.get(signal), call, signal);
  }

  return {
    /** @throws ProviderError for every failure, a PaypalRefusal when PayPal answered; the signal's reason when aborted. */
    async send<T>(call: PaypalCall<T>, signal: AbortSignal): Promise<T> {
      try {
        return await withOwnSignal(signal, (own) => sendAuthorized(call, own));
      } catch (error) {
        signal.throwIfAborted();
        throw explainTransport("paypal", error);
      }
    },
  };
}

async function readRefusal(response: Response, secrets: string[]): Promise<PaypalRefusal> {
  const retryAfterMs = parseRetryAfter(response.headers.get("retry-after"));
  const details: ProviderFailure = { provider: "paypal", kind: "status", status: response.status, retryAfterMs };
  const reply = refusalReply.safeParse(parseJson(await response.text().catch(() => "")));
  const { name, details: reasons = [], debug_id } = reply.data ?? {};
  const issues = [name, ...reasons.map(({ issue }) => issue)].filter((issue) => issue !== undefined);
  // PayPal's support asks for the debug id.
  const said = new Error(`${issues.join(" ") || "no reason given"}, debug id ${debug_id ?? "none"}`);
  return new PaypalRefusal(details, issues, failure(details, said, secrets).cause);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
