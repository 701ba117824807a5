import { initTRPC } from "@trpc/server";
import superjson from "superjson";
import { noteEvent } from "@/server/services/observability/note-event";
import type { Context } from "./context";
import { appErrorOf, toTrpcError } from "./errors";
import { requestScope } from "./request-scope";

/** One tRPC for the whole API: superjson on the wire, every error in the form of the contract. */
const t = initTRPC.context<Context>().create({
  transformer: superjson,
  // A tracked stream reconnects by itself when the connection is silent for longer than this.
  sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
  errorFormatter: ({ shape, error, ctx }) => {
    const { code, message, fieldErrors, retryAfterMs } = appErrorOf(error);
    const { httpStatus, path } = shape.data;
    const requestId = ctx?.requestId ?? requestScope.getStore()?.requestId;
    return {
      ...shape,
      message,
      data: {
        code: shape.data.code,
        httpStatus,
        path,
        appCode: code,
        requestId,
        fieldErrors,
        retryAfterMs,
      },
    };
  },
});

export const { router, middleware, createCallerFactory } = t;

/** Tells of each call once and turns whatever it failed with into the contract's errors. */
const observed = middleware(async ({ ctx, path, type, next }) => {
  const startedAt = performance.now();
  const result = await next();
  const ms = Math.round(performance.now() - startedAt);
  const log = ctx.caller.userId ? ctx.log.child({ userId: ctx.caller.userId }) : ctx.log;
  if (result.ok) {
    noteEvent(log, { event: "call", path, type, ms });
    return result;
  }
  const error = appErrorOf(result.error);
  const { code, cause: err, fieldErrors: fields } = error;
  if (code === "INTERNAL") noteEvent(log, { event: "call", path, type, ms, code }, { level: "error", err });
  else if (code === "SERVICE_UNAVAILABLE" && err) {
    noteEvent(log, { event: "call", path, type, ms, code }, { level: "warn", err });
  } else noteEvent(log, { event: "call", path, type, ms, code, fields });
  throw toTrpcError(error);
});

/** Anyone may call it. */
export const publicProcedure = t.procedure.use(observed);
