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
  /** Shared: somebody else asked the same meanwhile, and the answer was theirs. */
  | { event: "cache"; outcome: "hit" | "miss" | "shared" | "skipped" | "away" }
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
  | { event: "breaker"; provider: string; state: "closed" | "open" | "half-open" }
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
  /** Credits moved for good. */
  | { event: "credits"; type: "CAPTURE" | "RELEASE" | "GRANT" | "REFUND" | "ADJUST"; amount: number }
  /** A purchase came to a state. `amount` in the currency's smallest unit. */
  | { event: "purchase"; state: string; amount: number; currency: string }
  | { event: "webhook"; source: "paypal" | "replicate"; outcome: "accepted" | "refused"; why?: string };
