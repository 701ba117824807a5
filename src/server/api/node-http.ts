import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";

/** A request's headers, as route handlers are given them. */
export function headersOf(req: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}

/** Writes one piece, and waits until there is room for the next. Rejects when `signal` aborts: the reader is gone. */
export async function write(res: ServerResponse, piece: string | Uint8Array, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (!res.write(piece)) await once(res, "drain", { signal });
}

/** Passes on what was answered elsewhere. Rejects when `signal` aborts. */
export async function writeResponse(res: ServerResponse, response: Response, signal: AbortSignal): Promise<void> {
  res.writeHead(response.status, Object.fromEntries(response.headers));
  for await (const piece of response.body ?? []) await write(res, piece, signal);
  res.end();
}
