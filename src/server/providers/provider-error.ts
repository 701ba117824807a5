import { AppError } from "@/shared/errors";

export type ProviderName = "gemini" | "openai" | "replicate" | "cloudinary" | "paypal";

/**
 * Why a call to a provider failed.
 * `status` the provider answered with an HTTP error · `connect` it was never reached · `reset` the connection broke ·
 * `malformed` the reply could not be read · `incomplete` the stream ended without its finish marker ·
 * `error-event` the provider reported an error inside the stream · `timeout` a deadline of ours passed ·
 * `failed` the provider's job ended as failed.
 */
export type ProviderFailureKind =
  | "status"
  | "connect"
  | "reset"
  | "malformed"
  | "incomplete"
  | "error-event"
  | "timeout"
  | "failed";

export interface ProviderFailure {
  provider: ProviderName;
  kind: ProviderFailureKind;
  /** HTTP status, when there was one. */
  status?: number;
  /** The provider's own wish, in milliseconds. */
  retryAfterMs?: number;
}

/** A provider's bad day, in one shape for all providers. Never carries keys, URLs with secrets or prompts. */
export class ProviderError extends AppError {
  static override readonly brand: symbol = Symbol.for("inkwell.ProviderError");

  constructor(
    readonly failure: ProviderFailure,
    cause?: unknown,
  ) {
    super(failure.kind === "timeout" ? "PROVIDER_TIMEOUT" : "PROVIDER_UNAVAILABLE", undefined, { cause });
    this.name = "ProviderError";
  }
}
