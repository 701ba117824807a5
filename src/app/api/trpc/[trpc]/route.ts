import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { createContext } from "@/server/api/context";
import { noteUnheard } from "@/server/api/note-unheard";
import { readBody } from "@/server/api/read-body";
import { requestScope } from "@/server/api/request-scope";
import { appRouter } from "@/server/api/root";

/** What one batch may hold; each call takes its own tokens. */
const BATCH_MAX = 10;

async function handler(request: Request): Promise<Response> {
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
  // Without `no-transform` Next gzips streams, which holds their pieces back.
  response.headers.set("cache-control", "no-store, no-transform");
  return response;
}

export { handler as GET, handler as POST };
