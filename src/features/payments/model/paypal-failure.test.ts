import { TRPCClientError } from "@trpc/client";
import { expect, test } from "vitest";
import { AppError, type ErrorCode } from "@/shared/errors";
import { isRefused, toPayPalFailure } from "./paypal-failure";

function refusal(appCode: ErrorCode, message = new AppError(appCode).message) {
  const data = { code: "x", httpStatus: 500, appCode, requestId: "r" };
  return new TRPCClientError(message, { result: { error: { code: -1, message, data } } });
}

test("names PayPal where the server speaks of a provider in general", () => {
  expect(toPayPalFailure(refusal("PROVIDER_UNAVAILABLE"))).toMatchObject({
    code: "PAYPAL",
    message: "PayPal does not answer just now. Nothing was charged; try again in a moment.",
    requestId: "r",
  });
});

test("keeps what the server said in particular", () => {
  const particular = "We could not finish this just now.";
  expect(toPayPalFailure(refusal("PROVIDER_TIMEOUT", particular)).message).toBe(particular);
  expect(toPayPalFailure(refusal("PAYMENT_FAILED"))).toMatchObject({ code: "PAYMENT_FAILED" });
});

test("takes only a plain no for one, so that nothing is ordered twice", () => {
  expect(isRefused(toPayPalFailure(new Error("no network")))).toBe(false);
  expect(isRefused(toPayPalFailure(refusal("PROVIDER_TIMEOUT")))).toBe(false);
  expect(isRefused(toPayPalFailure(refusal("CONFLICT")))).toBe(true);
});
