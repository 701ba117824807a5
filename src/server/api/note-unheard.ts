import type { TRPCError } from "@trpc/server";
import type { Logger } from "@/server/lib/logger";
import { noteEvent } from "@/server/services/observability/note-event";
import type { ErrorCode } from "@/shared/errors";
import { refusedByTrpc } from "./errors";

/** Tells of a request that tRPC refused before any procedure was asked: procedures tell of what they refuse themselves. */
export function noteUnheard(log: Logger, error: TRPCError, type: string): void {
  const code = refusedByTrpc(error);
  if (code) noteRefusal(log, type, code);
}

/** The path is the caller's own invention, or none. */
export function noteRefusal(log: Logger, type: string, code: ErrorCode): void {
  noteEvent(log, { event: "call", path: "unknown", type, ms: 0, code });
}
