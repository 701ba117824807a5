import { expect, test } from "vitest";
import { PURCHASE_STATES } from "@/shared/payments";
import { isSettled, phaseOf } from "./checkout";

test("calls a payment credited only when the credits are there", () => {
  expect(phaseOf({ state: "CREDITED", purchaseId: "p", credits: 20 })).toEqual({
    at: "credited",
    purchaseId: "p",
    credits: 20,
  });
  expect(phaseOf({ state: "PENDING", purchaseId: "p", credits: 0 })).toEqual({ at: "pending", purchaseId: "p" });
  expect(phaseOf({ state: "CAPTURED", purchaseId: "p", credits: 0 })).toEqual({ at: "pending", purchaseId: "p" });
  expect(phaseOf({ state: "REFUNDED", purchaseId: "p", credits: 20 })).toEqual({ at: "past", purchaseId: "p" });
});

test("offers no second payment for one that was made", () => {
  for (const state of PURCHASE_STATES) {
    expect(isSettled(phaseOf({ state, purchaseId: "p", credits: 0 }))).toBe(true);
  }
  expect(isSettled({ at: "cancelled" })).toBe(false);
});
