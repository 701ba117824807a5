import type { ErrorCode } from "@/shared/errors";

/**
 * Everything the app tells of itself in a way that is counted: one vocabulary for log lines, a request's story and
 * metrics. Durations are in ms. `docs/operators/observability.md` lists them for operators; nothing here is ever what
 * people wrote.
 */
export type AppEvent =
  /** A procedure ended. `code`: what it was refused or failed with. */
  | { event: "call"; path: string; type: string; ms: number; code?: ErrorCode; fields?: Record<string, string[]> }
  /** A token was taken from a limit, or was not there. */
  | { event: "limit"; limit: string; allowed: boolean; retryAfterMs?: number }
  /**
   * Whether an answer was there already. Shared: it was not, but somebody else was asking the same. Skipped: it was not
   * to be used. Away: the cache could not be read.
   */
  | { event: "cache"; outcome: "hit" | "miss" | "shared" | "skipped" | "away" }
  /** A call to a provider ended. */
  | {
      event: "provider";
      provider: string;
      model: string;
      kind: "chat" | "image" | "test";
      /** Resting: the breaker was open, and nothing was asked of it. */
      outcome: "answered" | "failed" | "aborted" | "resting";
      failure?: string;
      ms: number;
      firstTokenMs?: number;
      inputTokens?: number;
      outputTokens?: number;
      images?: number;
      costMicros: number;
      sandbox: boolean;
    }
  | { event: "breaker"; provider: string; model: string; state: "closed" | "open" | "half-open" }
  /** An answer ended. `fallback`: another provider than the first gave it. */
  | {
      event: "answer";
      outcome: "complete" | "stopped" | "cached" | "failed" | "interrupted";
      charged: number;
      ms: number;
      firstTokenMs?: number;
      provider?: string;
      fallback?: boolean;
      code?: ErrorCode;
    }
  /** Images ended. */
  | {
      event: "images";
      outcome: "complete" | "failed" | "canceled";
      count: number;
      charged: number;
      ms: number;
      code?: ErrorCode;
    }
  /** Credits moved for good. CAPTURE: used; RELEASE: given back; the others: given or, below zero, taken. */
  | { event: "credits"; type: "CAPTURE" | "RELEASE" | "GRANT" | "REFUND" | "ADJUST"; amount: number }
  /** A purchase came to a state. `amount`: what it costs, in the currency's smallest unit. */
  | { event: "purchase"; purchase: string; state: string; amount: number; currency: string }
  /** Failed: it was believed, and could not be taken just now. */
  | { event: "webhook"; source: "paypal" | "replicate"; outcome: "accepted" | "refused" | "failed"; why?: string };
