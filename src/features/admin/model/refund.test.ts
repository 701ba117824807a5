import { expect, test } from "vitest";
import { afterRefund, creditsTaken, readAmount } from "./refund";

const usd = (amount: number) => ({ amount, currency: "USD" });

test("reads amounts as people write them", () => {
  expect(readAmount(" 2 ", "USD")).toBe(200);
  expect(readAmount("0,50", "EUR")).toBe(50);
  expect(readAmount("300", "JPY")).toBe(300);
  for (const text of [undefined, "", "0", "0.00", "-1", "1.234", "2 USD"]) expect(readAmount(text, "USD")).toBeNaN();
});

test("a refund takes its share of the credits, and leaves parts of one with the buyer", () => {
  const paid = { credits: 20, price: usd(200), refunded: usd(0), creditsTakenBack: 0 };
  expect(creditsTaken(paid, 200)).toBe(20);
  expect(creditsTaken(paid, 50)).toBe(5);
  expect(creditsTaken(paid, 59)).toBe(5);
});

test("what an earlier refund or a dispute took is not taken again", () => {
  const paid = { credits: 20, price: usd(200), refunded: usd(50), creditsTakenBack: 5 };
  expect(creditsTaken(paid, 150)).toBe(15);
  expect(creditsTaken({ ...paid, creditsTakenBack: 20 }, 150)).toBe(0);
});

test("what is spent already is owed", () => {
  expect(afterRefund({ available: 30 }, 20)).toEqual({ available: 10, owed: 0 });
  expect(afterRefund({ available: 4 }, 20)).toEqual({ available: 0, owed: 16 });
});
