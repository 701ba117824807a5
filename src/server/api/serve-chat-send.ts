import type { IncomingMessage, ServerResponse } from "node:http";
import { createContext } from "./context";
import { handleTrpc, UNHINDERED } from "./handle-trpc";
import { headersOf, writeResponse } from "./node-http";
import { readBodyBytes, tooLarge } from "./read-body";
import { requestScope } from "./request-scope";
import { appRouter } from "./root";
import { streamMutation } from "./stream-mutation";

const METHODS = ["GET", "HEAD", "POST"];

/**
 * Answers `chat.send`: what `httpBatchStreamLink` asks for by streaming it straight to the socket, everything else (no
 * stream wanted, no batch, no JSON, not even a mutation) as tRPC does.
 */
export async function serveChatSend(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const left = new AbortController();
  res.once("close", () => left.abort());
  try {
    await answer(req, res, left.signal);
  } catch (error) {
    // Whoever left in the middle, of the question or the answer, is told nothing more.
    if (!left.signal.aborted) throw error;
  }
}

async function answer(req: IncomingMessage, res: ServerResponse, signal: AbortSignal): Promise<void> {
  const { method = "", url = "" } = req;
  if (!METHODS.includes(method)) {
    res.writeHead(405, { allow: METHODS.join(", ") }).end();
    return;
  }
  const headers = headersOf(req);
  const context = createContext(headers);
  const body = await readBodyBytes({ headers, body: req.iterator({ destroyOnReturn: false }) });
  if (!body) return writeResponse(res, tooLarge(context.requestId), signal);
  const address = new URL(url, "http://localhost");
  if (!isStreamedCall(method, address, headers)) {
    const request = new Request(address, { method, headers, signal, ...(method === "POST" && { body }) });
    return writeResponse(res, await handleTrpc(request), signal);
  }
  res.setHeaders(
    new Map([
      ["vary", "trpc-accept, accept"],
      ["content-type", "application/json"],
      ["x-request-id", context.requestId],
      ...UNHINDERED,
    ]),
  );
  await requestScope.run(context, () =>
    streamMutation({ router: appRouter, path: "chat.send", ctx: context, body, signal }, res),
  );
}

/** True for one call by `httpBatchStreamLink`. */
const isStreamedCall = (method: string, { searchParams }: URL, headers: Headers): boolean =>
  method === "POST" &&
  searchParams.get("batch") === "1" &&
  headers.get("trpc-accept") === "application/jsonl" &&
  headers.get("content-type")?.startsWith("application/json") === true;
