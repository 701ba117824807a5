import { isDatabaseAway } from "@/server/db/mongo-errors";
import { metrics } from "@/server/services/observability/metrics";
import { AppError, toAppError } from "@/shared/errors";

const UNKNOWN_CHARGE = "You pay only for what is delivered; look again in a minute.";

/**
 * What the readers of a run are told of a failure. Of one nobody foresaw it is not known whether it came before or after
 * the decision, so nothing is said of the charge: the sweep makes both agree.
 */
export function tellFailure(error: unknown): AppError {
  if (isDatabaseAway(error)) {
    return new AppError("SERVICE_UNAVAILABLE", `We lost our database for a moment. ${UNKNOWN_CHARGE}`, {
      cause: error,
    });
  }
  const failure = toAppError(error);
  if (failure.code !== "INTERNAL") return failure;
  return new AppError("INTERNAL", `Something went wrong on our side. ${UNKNOWN_CHARGE}`, { cause: error });
}

/** Counts an open stream, until the returned function is called. */
export function countStream(): () => void {
  metrics().openStreams.inc();
  return () => metrics().openStreams.dec();
}
