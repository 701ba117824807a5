import { expect, test } from "vitest";
import type { Subscription } from "@/shared/payments";
import { isOver, isRunning, subscriptionInWords } from "./subscription-words";

const now = new Date("2026-10-01");
const later = new Date("2026-11-01");
const told = (subscription: Pick<Subscription, "state" | "renewsAt" | "paidUntil">) =>
  subscriptionInWords(subscription, now, (date) => date.toISOString().slice(0, 10));

test("says when the next charge is, or when it ends", () => {
  expect(told({ state: "ACTIVE", renewsAt: later })).toBe("Active. Next charge on 2026-11-01.");
  expect(told({ state: "CANCELLED", paidUntil: later })).toBe(
    "Cancelled. Ends on 2026-11-01; nothing more is charged.",
  );
  expect(told({ state: "CANCELLED", paidUntil: new Date("2026-09-01") })).toBe("Cancelled.");
  expect(told({ state: "SUSPENDED", paidUntil: later })).toContain("stays until 2026-11-01");
  expect(told({ state: "SUSPENDED" })).toContain("Mend your way of paying at PayPal to go on");
});

test("lets only what runs be cancelled and only what is over be begun again", () => {
  expect(isRunning({ state: "SUSPENDED" })).toBe(true);
  expect(isRunning({ state: "CANCELLED" })).toBe(false);
  expect(isOver({ state: "EXPIRED" })).toBe(true);
  expect(isOver({ state: "APPROVAL_PENDING" })).toBe(false);
});
