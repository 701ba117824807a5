import { expect, test } from "vitest";
import { PURCHASE_STATES, type PurchaseState } from "@/shared/payments";
import { isUnderWay, purchaseInWords, whatWasBought } from "./purchase-words";

const told = (state: PurchaseState, refunded = 0, creditsTakenBack = 0) =>
  purchaseInWords({ state, refunded: { amount: refunded, currency: "EUR" }, creditsTakenBack });

test("says in plain words where a purchase stands", () => {
  expect(told("CREDITED")).toBe("Paid");
  expect(told("PENDING")).toBe("Waiting for PayPal");
  expect(told("PARTIALLY_REFUNDED", 100, 10)).toBe("Refunded in part: €1.00 back, 10 credits taken back");
  expect(told("PARTIALLY_REFUNDED", 1, 0)).toBe("Refunded in part: €0.01 back, no credits taken back");
  expect(told("REFUNDED", 200, 20)).toBe("Refunded: €2.00 back, 20 credits taken back");
  expect(told("DISPUTED", 0, 20)).toBe("Disputed: 20 credits frozen");
});

test("has words for every state, and none is the state's own name", () => {
  for (const state of PURCHASE_STATES) expect(told(state)).not.toMatch(/[A-Z]{2}/);
});

test("waits only for what can change by itself", () => {
  expect(PURCHASE_STATES.filter((state) => isUnderWay({ state }))).toEqual(["CAPTURING", "PENDING", "CAPTURED"]);
});

test("names what was bought", () => {
  expect(whatWasBought({ kind: "pack", credits: 1 })).toBe("1 credit");
  expect(whatWasBought({ kind: "subscription", credits: 100 })).toBe("Subscription, 100 credits");
});
