import type { Failure } from "@/components/lib/failure";
import type { ChatMessage } from "@/shared/chat";
import { AppError, isErrorCode } from "@/shared/errors";

/** Why an answer has no end, in the words of its error code. */
export function failureOfMessage(message: ChatMessage): Failure {
  const code = isErrorCode(message.errorCode) ? message.errorCode : "INTERNAL";
  return { code, message: new AppError(code).message, requestId: message.requestId };
}
