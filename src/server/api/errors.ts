import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { isDatabaseAway } from "@/server/db/mongo-errors";
import { AppError, type ErrorCode, toAppError } from "@/shared/errors";

type TrpcCode = TRPCError["code"];

const TRPC_CODE: Record<ErrorCode, TrpcCode> = {
  UNAUTHENTICATED: "UNAUTHORIZED",
  FORBIDDEN: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  VALIDATION: "BAD_REQUEST",
  CONFLICT: "CONFLICT",
  IDEMPOTENCY_MISMATCH: "UNPROCESSABLE_CONTENT",
  INSUFFICIENT_CREDITS: "PAYMENT_REQUIRED",
  RATE_LIMITED: "TOO_MANY_REQUESTS",
  CONTENT_BLOCKED: "UNPROCESSABLE_CONTENT",
  PAYMENT_FAILED: "PAYMENT_REQUIRED",
  PROVIDER_UNAVAILABLE: "SERVICE_UNAVAILABLE",
  PROVIDER_TIMEOUT: "GATEWAY_TIMEOUT",
  SERVICE_UNAVAILABLE: "SERVICE_UNAVAILABLE",
  INTERNAL: "INTERNAL_SERVER_ERROR",
};

/** What tRPC itself refuses a request for: not JSON, not a known procedure, too many in a batch. */
const REFUSED_BY_TRPC: Partial<Record<TrpcCode, ErrorCode>> = {
  PARSE_ERROR: "VALIDATION",
  BAD_REQUEST: "VALIDATION",
  METHOD_NOT_SUPPORTED: "VALIDATION",
  UNSUPPORTED_MEDIA_TYPE: "VALIDATION",
  PAYLOAD_TOO_LARGE: "VALIDATION",
  NOT_FOUND: "NOT_FOUND",
};

/** What tRPC refused before any procedure could be asked; undefined for everything else. */
export function refusedByTrpc({ code, cause }: TRPCError): ErrorCode | undefined {
  return cause instanceof AppError || cause instanceof z.ZodError ? undefined : REFUSED_BY_TRPC[code];
}

/** Whatever a procedure failed with, as an AppError. Nothing internal is left in its message. */
export function appErrorOf(error: TRPCError): AppError {
  const { cause } = error;
  if (cause instanceof AppError) return cause;
  if (error.code === "BAD_REQUEST" && cause instanceof z.ZodError) return validationError(cause);
  if (isDatabaseAway(cause)) return plainError(cause);
  const code = REFUSED_BY_TRPC[error.code];
  if (code === "NOT_FOUND") return new AppError("NOT_FOUND", "There is no such procedure.", { cause });
  if (code) return new AppError(code, "The request could not be read: send JSON as the client does.", { cause });
  return new AppError("INTERNAL", undefined, { cause: cause ?? error });
}

/** Whatever was thrown outside of tRPC, as an AppError. */
export function plainError(error: unknown): AppError {
  return isDatabaseAway(error) ? new AppError("SERVICE_UNAVAILABLE", undefined, { cause: error }) : toAppError(error);
}

/** The form tRPC sends, with its HTTP status. */
export function toTrpcError(error: AppError): TRPCError {
  return new TRPCError({ code: TRPC_CODE[error.code], message: error.message, cause: error });
}

function validationError(error: z.ZodError): AppError {
  const fieldErrors: Record<string, string[]> = {};
  const add = (field: string, message: string) => {
    fieldErrors[field] = [...(fieldErrors[field] ?? []), message];
  };
  for (const issue of error.issues) {
    const field = issue.path.join(".");
    if (issue.code !== "unrecognized_keys") add(field || "input", issue.message);
    else for (const key of issue.keys) add(field ? `${field}.${key}` : key, "This field is not known here.");
  }
  const [first] = Object.entries(fieldErrors);
  const message = first ? `${first[0]}: ${first[1][0]}` : undefined;
  return new AppError("VALIDATION", message, { cause: error, fieldErrors });
}
