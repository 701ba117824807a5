import { AppError, toAppError } from "@/shared/errors";

/**
 * What the readers of a run are told of a failure. Of one nobody foresaw it is not known whether it came before or after
 * the decision, so nothing is said of the charge: the sweep makes both agree.
 */
export function tellFailure(error: unknown): AppError {
  const failure = toAppError(error);
  if (failure.code !== "INTERNAL") return failure;
  const message = "Something went wrong on our side. You pay only for what is delivered; look again in a minute.";
  return new AppError("INTERNAL", message, { cause: error });
}
