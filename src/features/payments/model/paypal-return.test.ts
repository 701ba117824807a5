import { expect, test } from "vitest";
import { addressWith, readPayPalReturn } from "./paypal-return";

test("reads how somebody came back from PayPal", () => {
  expect(readPayPalReturn({ token: "5O190127TN364715T", PayerID: "X" })).toEqual({
    kind: "order",
    orderId: "5O190127TN364715T",
  });
  expect(readPayPalReturn({ cancelled: "1", token: "5O190127TN364715T" })).toEqual({ kind: "cancelled" });
  expect(readPayPalReturn({ subscription_id: "I-BW452GLLEP1G", ba_token: "BA-1", token: "12345678" })).toEqual({
    kind: "subscription",
    subscriptionId: "I-BW452GLLEP1G",
  });
});

test("takes nothing for a return that is none", () => {
  expect(readPayPalReturn({})).toBeUndefined();
  expect(readPayPalReturn({ token: "<script>" })).toBeUndefined();
  expect(readPayPalReturn({ token: ["5O190127TN364715T", "5O190127TN364715T"] })).toBeUndefined();
});

test("keeps the whole address for after signing in", () => {
  expect(addressWith("/buy-credits", {})).toBe("/buy-credits");
  expect(addressWith("/buy-credits", { token: "A B", PayerID: undefined })).toBe("/buy-credits?token=A+B");
});
