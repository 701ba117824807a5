import type { ServerResponse } from "node:http";
import {
  type AnyTRPCRouter,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  TRPCError,
  transformTRPCResponse,
} from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { endLine, errorLine, PREAMBLE, valueLine } from "./jsonl-frames";
import { write } from "./node-http";

interface StreamedCall {
  router: AnyTRPCRouter;
  path: string;
  ctx: unknown;
  /** The request's, as `httpBatchStreamLink` makes it for a single call. */
  body: Buffer;
  /** Aborts when the reader leaves. */
  signal: AbortSignal;
}

/**
 * Calls a mutation that answers with a stream, and writes what tRPC's own JSONL producer would, byte for byte, without
 * the six layers of Web streams and generators it sends each value through. What fails before the stream begins is
 * answered with its HTTP status, as tRPC does for calls that do not stream. Never rejects because the reader left.
 */
export async function streamMutation(call: StreamedCall, res: ServerResponse): Promise<void> {
  const { router, path, ctx, body, signal } = call;
  const { _config: config } = router._def;
  let input: unknown;
  const getRawInput = async () => {
    input ??= readInput(body, config.transformer.input.deserialize);
    return input;
  };
  const shapeOf = (error: TRPCError) => getTRPCErrorShape({ config, error, type: "mutation", path, input, ctx });

  let events: AsyncIterator<unknown>;
  try {
    const options = { router, path, type: "mutation", ctx, getRawInput, signal, batchIndex: 0 } as const;
    const stream: AsyncIterable<unknown> = await callTRPCProcedure(options);
    events = stream[Symbol.asyncIterator]();
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    res.statusCode = getHTTPStatusCodeFromError(error);
    res.end(JSON.stringify(transformTRPCResponse(config, { error: shapeOf(error) })));
    return;
  }
  try {
    await write(res, PREAMBLE, signal);
    for (;;) {
      const { done, value } = await events.next();
      await write(res, done ? endLine(value) : valueLine(value), signal);
      if (done) break;
    }
  } catch (cause) {
    if (!signal.aborted) res.write(errorLine(shapeOf(getTRPCErrorFromUnknown(cause))));
  } finally {
    res.end();
    await events.return?.();
  }
}

/** What a batch of one call brings for it. It is read when the procedure asks: who may not call it hears of that first. */
function readInput(body: Buffer, deserialize: (value: unknown) => unknown): unknown {
  try {
    const inputs: unknown = JSON.parse(body.toString());
    if (typeof inputs !== "object" || inputs === null || Array.isArray(inputs)) throw new TypeError("No batch.");
    const input: unknown = Reflect.get(inputs, "0");
    return input === undefined ? undefined : deserialize(input);
  } catch (cause) {
    throw new TRPCError({ code: "BAD_REQUEST", cause });
  }
}
