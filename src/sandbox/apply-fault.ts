import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type Exchange, pause, type StandIn, untilClosed } from "./exchange";
import type { QueuedFault } from "./faults";

const GATEWAY_PAGE = `<!doctype html>
<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1><p>The sandbox was asked to answer like this.</p></body></html>
`;

const broken = new WeakSet<Socket>();

/** Breaks the connection the hard way: the caller sees a reset, not an end. */
export function breakConnection({ req }: Pick<Exchange, "req">): void {
  broken.add(req.socket);
  req.socket.resetAndDestroy();
}

/** True when it was the sandbox that hung up. */
export function wasBrokenOnPurpose(req: IncomingMessage): boolean {
  return broken.has(req.socket);
}

/**
 * Lets a request suffer a fault that comes before any answer.
 * Resolves to true when the request has been dealt with, false when it should now be answered as usual.
 */
export async function applyRequestFault(exchange: Exchange, fault: QueuedFault, standIn: StandIn): Promise<boolean> {
  const { res, closed } = exchange;
  switch (fault.kind) {
    case "status":
      standIn.refuse(res, fault.status ?? 503, fault.message, fault.retryAfter);
      return true;
    case "hang":
      await untilClosed(closed);
      return true;
    case "headers-then-hang":
      res.writeHead(200, { "content-type": acceptedType(exchange) });
      res.flushHeaders();
      await untilClosed(closed);
      return true;
    case "reset":
      breakConnection(exchange);
      return true;
    case "malformed":
      res.writeHead(200, { "content-type": "application/json" });
      res.end('{"id":"sandbox","candidates":[{"content":');
      return true;
    case "html":
      res.writeHead(fault.status ?? 200, { "content-type": "text/html; charset=utf-8" });
      res.end(GATEWAY_PAGE);
      return true;
    case "delay":
      await pause(fault.delayMs ?? 1_000, closed);
      return closed.aborted;
    default:
      return false;
  }
}

/** The type a healthy answer would have had, so that only the silence is wrong. */
function acceptedType(exchange: Exchange): string {
  if (exchange.url.pathname.startsWith("/files/")) return "image/webp";
  return asksForStream(exchange) ? "text/event-stream" : "application/json";
}

/** True when the caller wants its answer as server-sent events. */
export function asksForStream({ url, log: { body } }: Exchange): boolean {
  if (url.searchParams.get("alt") === "sse") return true;
  return typeof body === "object" && body !== null && "stream" in body && body.stream === true;
}
