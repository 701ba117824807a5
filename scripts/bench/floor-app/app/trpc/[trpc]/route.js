import { initTRPC } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { z } from "zod";
import { askUpstream } from "../../../read-openai.js";

const { router, procedure } = initTRPC.create({ transformer: superjson });
const message = z.object({ role: z.enum(["user", "assistant"]), content: z.string() });

/** Chat and nothing through tRPC's own producer, in a route handler. */
const appRouter = router({
  noop: procedure.query(() => ({ ok: true })),
  chat: procedure.input(z.object({ messages: z.array(message) })).mutation(async function* ({ input, signal }) {
    let seq = 0;
    for await (const text of await askUpstream(input.messages, signal)) {
      yield { type: "delta", seq, text };
      seq += text.length;
    }
    yield { type: "done" };
  }),
});

async function handler(req) {
  const response = await fetchRequestHandler({ endpoint: "/trpc", req, router: appRouter });
  response.headers.set("cache-control", "no-store, no-transform");
  return response;
}

export { handler as GET, handler as POST };
