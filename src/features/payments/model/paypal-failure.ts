import { type Failure, toFailure } from "@/components/lib/failure";
import { AppError, isErrorCode } from "@/shared/errors";

/** What the codes that speak of "a provider" mean where the one provider is PayPal. */
const AWAY: Record<string, string> = {
  PROVIDER_UNAVAILABLE: "PayPal does not answer just now. Nothing was charged; try again in a moment.",
  PROVIDER_TIMEOUT: "PayPal took too long. Nothing was charged; try again in a moment.",
};

/** What is said when PayPal's own script fails; it tells nothing that a buyer could use. */
export const PAYPAL_STUMBLED: Failure = {
  code: "PAYPAL",
  message: "PayPal's window ran into a problem. Nothing was charged.",
};

/** A failed call as a buyer reads it. What the server said in particular stays as it is. */
export function toPayPalFailure(error: unknown): Failure {
  const failure = toFailure(error);
  const message = AWAY[failure.code];
  if (message === undefined || !isErrorCode(failure.code)) return failure;
  const general = new AppError(failure.code).message === failure.message;
  return { ...failure, code: "PAYPAL", message: general ? message : failure.message };
}

/** Whether the thing asked for was refused for good, so that asking again is another request. */
export const isRefused = ({ code }: Failure) => code !== "NETWORK" && code !== "PAYPAL" && code !== "RATE_LIMITED";
