import type { IncomingMessage, ServerResponse } from "node:http";
import type { QueuedFault } from "./faults";
import type { Pace } from "./pace";
import type { LoggedRequest } from "./request-log";

/** One request on its way through a stand-in. */
export interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
  /** Without the provider's prefix. */
  url: URL;
  body: Buffer;
  /** Aborts when the connection is gone, whoever closed it. */
  closed: AbortSignal;
  pace: Pace;
  /** The fault this request has to suffer inside its answer. */
  fault: QueuedFault | undefined;
  log: LoggedRequest;
}

/** A provider's double: speaks its wire format. */
export interface StandIn {
  /** Which faults the request can take; delivery of finished pictures, for one, takes none. */
  takesFault(method: string, path: string, fault: QueuedFault): boolean;
  handle(exchange: Exchange): Promise<void>;
  /** Answers with an error in the provider's own form. `retryAfter` is in seconds. */
  refuse(res: ServerResponse, status: number, message?: string, retryAfter?: number): void;
}

/**
 * True for the faults that strike requests which only look at a model, a webhook or the key: those that name a path. So
 * a doctor at work takes no fault away from whom it was meant for.
 */
export function strikesLooks({ path }: QueuedFault): boolean {
  return path !== undefined;
}

/** The one key every stand-in takes for a wrong one, so that a bad key can be seen end to end. */
export const WRONG_KEY = "invalid";

/** The one name under which no stand-in has a model. */
export const UNKNOWN_MODEL = "unknown";

const MAX_BODY_BYTES = 40 * 1024 * 1024;

/** The whole request body. Throws when it is larger than the sandbox takes. */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.length;
    if (size > MAX_BODY_BYTES) throw new Error("The body is too large.");
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** The body as JSON, or undefined when it is not. */
export function parseJson(body: Buffer | string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

export function sendJson(res: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}) {
  const text = JSON.stringify(value);
  res.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  res.end(text);
}

/** Resolves after `ms`, or at once when the connection closes; never rejects. */
export function pause(ms: number, closed: AbortSignal): Promise<void> {
  if (ms <= 0 || closed.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      closed.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    closed.addEventListener("abort", end, { once: true });
  });
}

/** Resolves when the connection is gone. */
export function untilClosed(closed: AbortSignal): Promise<void> {
  if (closed.aborted) return Promise.resolve();
  return new Promise((resolve) => closed.addEventListener("abort", () => resolve(), { once: true }));
}
