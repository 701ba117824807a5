import type { OperationDoc } from "@models";
import { type ErrorCode, isErrorCode } from "@/shared/errors";

const count = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? "" : "s"}`;

/** What stands in the ledger when credits are set aside. */
export function holdReason(operation: OperationDoc): string {
  const what = operation.kind === "chat" ? "an answer" : "images";
  return `${count(operation.amount, "credit")} set aside for ${what}`;
}

const WHY_RETURNED: Partial<Record<ErrorCode, string>> = {
  PROVIDER_TIMEOUT: "the provider timed out",
  PROVIDER_UNAVAILABLE: "no provider could answer",
  CONTENT_BLOCKED: "the provider declined",
  SERVICE_UNAVAILABLE: "a part of the service was away",
};

/** What stands in the ledger when a hold ends. */
export function settleReason(operation: OperationDoc, cost: number): string {
  const made = operation.kind === "chat" ? "An answer" : "Images";
  const returned = operation.amount - cost;
  if (cost > 0) {
    return returned > 0
      ? `${made} for ${count(cost, "credit")}; ${returned} returned`
      : `${made} for ${count(cost, "credit")}`;
  }
  const known = isErrorCode(operation.errorCode) ? WHY_RETURNED[operation.errorCode] : undefined;
  const why = known ?? "nothing was delivered";
  return `${count(returned, "credit")} returned: ${operation.state === "DONE" ? "this one was free" : why}`;
}
