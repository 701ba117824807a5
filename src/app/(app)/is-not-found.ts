import { TRPCError } from "@trpc/server";

/** Whether a call failed because the thing is not there, or is not the caller's. */
export function isNotFound(error: unknown): boolean {
  return error instanceof TRPCError && error.code === "NOT_FOUND";
}
