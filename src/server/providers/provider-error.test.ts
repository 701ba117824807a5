import { expect, test, vi } from "vitest";

/** The modules once more, as the bundler gives pages and routes a copy each. */
async function copy() {
  vi.resetModules();
  const { AppError, toAppError } = await import("@/shared/errors");
  const { ProviderError } = await import("./provider-error");
  const { PaypalRefusal } = await import("./paypal-requests");
  return { AppError, toAppError, ProviderError, PaypalRefusal };
}

test("an error is known for what it is by every copy of its class, and for nothing else", async () => {
  const [one, other] = [await copy(), await copy()];
  expect(one.AppError).not.toBe(other.AppError);
  const app = new one.AppError("CONFLICT");
  const provider = new one.ProviderError({ provider: "paypal", kind: "status", status: 503 });
  const refusal = new one.PaypalRefusal({ provider: "paypal", kind: "status", status: 422 }, ["ORDER_NOT_APPROVED"]);
  const { AppError, ProviderError, PaypalRefusal } = other;
  const known = [app, provider, refusal, new Error("any"), undefined].map((error) => [
    error instanceof AppError,
    error instanceof ProviderError,
    error instanceof PaypalRefusal,
  ]);
  expect(known).toEqual([
    [true, false, false],
    [true, true, false],
    [true, true, true],
    [false, false, false],
    [false, false, false],
  ]);
  expect(other.toAppError(provider)).toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
});
