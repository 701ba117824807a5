/** A failed call as the interface shows it. `NETWORK`: the server was not reached, so nobody knows what happened. */
export interface Failure {
  code: string;
  message: string;
  requestId?: string | undefined;
  retryAfterMs?: number | undefined;
  fieldErrors?: Record<string, string[]> | undefined;
}

export const NETWORK_FAILURE: Failure = {
  code: "NETWORK",
  message: "We could not reach the server. Check your connection and try again.",
};

/** What our own server says of an error. Whatever stands between us and it says something else, or nothing. */
type ErrorData = Pick<Failure, "requestId" | "retryAfterMs" | "fieldErrors"> & { appCode: string };

const isErrorData = (data: unknown): data is ErrorData =>
  typeof data === "object" && data !== null && "appCode" in data && typeof data.appCode === "string";

/** Reads a thrown value into what can be shown; what carries no answer from the server is a network failure. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error) || !("data" in error) || !isErrorData(error.data)) return NETWORK_FAILURE;
  const { appCode, requestId, retryAfterMs, fieldErrors } = error.data;
  return {
    code: appCode,
    message: error.message,
    requestId,
    retryAfterMs,
    fieldErrors,
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
