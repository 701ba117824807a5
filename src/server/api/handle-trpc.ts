import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "./context";
import { noteUnheard } from "./note-unheard";
import { readBody } from "./read-body";
import { requestScope } from "./request-scope";
import { appRouter } from "./root";

/** What one batch may hold; each call takes its own tokens. */
const BATCH_MAX = 10;

/** Answers any request to the API as tRPC does. */
export async function handleTrpc(request: Request): Promise<Response> {
  const context = createContext(request.headers);
  const readable = request.method === "POST" ? await readBody(request, context.requestId) : request;
  if (readable instanceof Response) return readable;
  const response = await requestScope.run(context, () =>
    fetchRequestHandler({
      endpoint: "/api/trpc",
      req: readable,
      router: appRouter,
      createContext: () => context,
      maxBatchSize: BATCH_MAX,
      onError: ({ error, type }) => noteUnheard(context.log, error, type),
    }),
  );
  response.headers.set("x-request-id", context.requestId);
  for (const [name, value] of UNHINDERED) response.headers.set(name, value);
  return response;
}

/** So that pieces of a stream arrive when they are sent: Next would gzip it, nginx keep it back until it is complete. */
export const UNHINDERED: [name: string, value: string][] = [
  ["cache-control", "no-store, no-transform"],
  ["x-accel-buffering", "no"],
];
