import { ZodError } from "zod";
import { ProviderError, type ProviderFailure, type ProviderFailureKind, type ProviderName } from "./provider-error";

/** The connection was never made: no answer can have been started, let alone charged. */
const CONNECT_CODES = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EAI_FAIL",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "EPROTO",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);
const RESET_CODES = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "UND_ERR_SOCKET", "UND_ERR_CLOSED"]);
const TIMEOUT_CODES = new Set(["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "ESOCKETTIMEDOUT"]);

/** What went wrong below HTTP, found in the error or its causes; undefined when nothing there says so. */
export function transportKind(error: unknown): ProviderFailureKind | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    const code = "code" in at ? at.code : undefined;
    if (typeof code !== "string") continue;
    if (CONNECT_CODES.has(code)) return "connect";
    if (RESET_CODES.has(code)) return "reset";
    if (TIMEOUT_CODES.has(code)) return "timeout";
    if (code === "ETIMEDOUT") return "syscall" in at && at.syscall === "read" ? "reset" : "connect";
  }
  return undefined;
}

/** The failure behind an error that is not an HTTP status: of the transport, or of a reply that made no sense. */
export function explainTransport(provider: ProviderName, error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  // What fetch says when there was no reply at all, whatever the reason.
  const unreached = error instanceof TypeError && error.message === "fetch failed";
  return failure({ provider, kind: transportKind(error) ?? (unreached ? "connect" : "malformed") }, error);
}

/**
 * A ProviderError whose cause is safe to log: SDK errors hold requests with their keys, and messages quote addresses,
 * bodies and prompts. `secrets` are taken out of what is kept.
 */
export function failure(details: ProviderFailure, error?: unknown, secrets: string[] = []): ProviderError {
  return new ProviderError(details, error === undefined ? undefined : safeCause(error, details, secrets));
}

const KEPT_CHARACTERS = 240;

function safeCause(error: unknown, { kind }: ProviderFailure, secrets: string[]): Error {
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    return new Error(`Unexpected shape at "${issue?.path.join(".")}": ${issue?.code}`);
  }
  if (!(error instanceof Error)) return new Error("No further description.");
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  // Only refusals and failed jobs say something an operator needs; the rest quotes what came over the wire.
  const quoted = kind === "status" || kind === "failed" || kind === "error-event" ? `: ${error.message}` : "";
  let text = `${error.name}${code}${quoted}`;
  for (const secret of secrets) {
    if (secret.length >= 4) text = text.replaceAll(secret, "[removed]");
  }
  text = text.replace(/https?:\/\/\S+/g, "[address]");
  return new Error(text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS)}…` : text);
}

/** `Retry-After` (seconds or a date) in milliseconds; undefined when absent, unreadable or past. */
export function parseRetryAfter(value: string | null | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(value) - now;
  return Number.isFinite(ms) && ms >= 0 ? Math.round(ms) : undefined;
}
