/** Every way a request can fail, as the client sees it, with its HTTP status. The names are part of the contract. */
export const ERROR_STATUS = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  VALIDATION: 400,
  CONFLICT: 409,
  IDEMPOTENCY_MISMATCH: 422,
  INSUFFICIENT_CREDITS: 402,
  RATE_LIMITED: 429,
  CONTENT_BLOCKED: 422,
  PAYMENT_FAILED: 402,
  PROVIDER_UNAVAILABLE: 503,
  PROVIDER_TIMEOUT: 504,
  SERVICE_UNAVAILABLE: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export const isErrorCode = (value: string | undefined): value is ErrorCode =>
  value !== undefined && Object.hasOwn(ERROR_STATUS, value);

/** What is said when the thrower has nothing more precise to say: what happened, and what to do. */
const DEFAULT_MESSAGE: Record<ErrorCode, string> = {
  UNAUTHENTICATED: "Sign in to go on.",
  FORBIDDEN: "Your account may not do this.",
  NOT_FOUND: "There is nothing here, or it is not yours.",
  VALIDATION: "Something in the request is not as it should be.",
  CONFLICT: "This changed in the meantime. Look again and retry.",
  IDEMPOTENCY_MISMATCH: "This key was already used for a different request. Send again with a new key.",
  INSUFFICIENT_CREDITS: "You do not have enough credits for this.",
  RATE_LIMITED: "That was a little fast. Wait a moment and try again.",
  CONTENT_BLOCKED: "The provider declined to answer this. Nothing was charged.",
  PAYMENT_FAILED: "The payment did not go through. Nothing was charged.",
  PROVIDER_UNAVAILABLE: "No provider could answer just now. Nothing was charged; try again.",
  PROVIDER_TIMEOUT: "The provider took too long. Nothing was charged; try again.",
  SERVICE_UNAVAILABLE: "A part of this service is away just now. Nothing was charged; try again soon.",
  INTERNAL: "Something went wrong on our side. Nothing was charged.",
};

export interface AppErrorOptions {
  cause?: unknown;
  /** Input field → what is wrong with it. */
  fieldErrors?: Record<string, string[]>;
  /** Milliseconds until a retry can succeed. */
  retryAfterMs?: number;
}

/** A class of errors that is known by its brand: the bundler may load this file more than once, each copy its own class. */
interface Branded {
  brand: symbol;
}

/** The one error class. Services throw it with a code; one middleware turns it into the wire's form. */
export class AppError extends Error {
  /** Every subclass has one of its own. */
  static readonly brand: symbol = Symbol.for("inkwell.AppError");

  static override [Symbol.hasInstance](this: Branded, value: unknown): boolean {
    if (!(value instanceof Error)) return false;
    let kind: unknown = value.constructor;
    while (typeof kind === "function") {
      // biome-ignore lint/complexity/noThisInStatic: each subclass asks for its own brand.
      if (Object.hasOwn(kind, "brand") && Reflect.get(kind, "brand") === this.brand) return true;
      kind = Object.getPrototypeOf(kind);
    }
    return false;
  }

  readonly fieldErrors: Record<string, string[]> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string = DEFAULT_MESSAGE[code],
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.fieldErrors = options.fieldErrors;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Any thrown value as an AppError; what is not one becomes INTERNAL, its text hidden and kept as the cause. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("INTERNAL", undefined, { cause: error });
}
