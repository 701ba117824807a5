import { TRPCClientError } from "@trpc/client";
import { z } from "zod";

/** A failed call as the interface shows it. `NETWORK`: the server was not reached, so nobody knows what happened. */
export interface Failure {
  code: string;
  message: string;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  fieldErrors?: Record<string, string[]> | undefined;
}

const errorData = z.object({
  appCode: z.string(),
  requestId: z.string().nullish(),
  retryAfterMs: z.number().nullish(),
  fieldErrors: z.record(z.string(), z.array(z.string())).nullish(),
});

const NETWORK_FAILURE: Failure = {
  code: "NETWORK",
  message: "We could not reach the server. Check your connection and try again.",
};

/** Reads a thrown value into what can be shown; what carries no answer from the server is a network failure. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) return NETWORK_FAILURE;
  const data = errorData.safeParse(error.data);
  if (!data.success) return NETWORK_FAILURE;
  const { appCode: code, requestId, retryAfterMs, fieldErrors } = data.data;
  return {
    code,
    message: error.message,
    requestId: requestId ?? undefined,
    retryAfterMs: retryAfterMs ?? undefined,
    fieldErrors: fieldErrors ?? undefined,
  };
}

/** The first complaint about one field, if there is any. */
export function fieldError(failure: Failure | undefined, field: string): string | undefined {
  return failure?.fieldErrors?.[field]?.[0];
}

/** True when the server said so; a retry with the same key can then not succeed. */
export function isDefinitive(failure: Failure): boolean {
  return failure.code !== "NETWORK";
}
