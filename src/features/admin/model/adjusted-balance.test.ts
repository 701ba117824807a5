import { expect, test } from "vitest";
import { adjustedBalance, readCredits } from "./adjusted-balance";

const balance = { available: 10, held: 2, owed: 0 };

test("gives and takes what is free to spend", () => {
  expect(adjustedBalance(balance, 5)).toEqual({ available: 15, held: 2, owed: 0 });
  expect(adjustedBalance(balance, -10)).toEqual({ available: 0, held: 2, owed: 0 });
});

test("repays what is owed first", () => {
  expect(adjustedBalance({ available: 0, held: 0, owed: 7 }, 5)).toEqual({ available: 0, held: 0, owed: 2 });
  expect(adjustedBalance({ available: 0, held: 0, owed: 7 }, 9)).toEqual({ available: 2, held: 0, owed: 0 });
});

test("takes no more than there is; what is set aside is not there", () => {
  expect(adjustedBalance(balance, -11)).toBeUndefined();
});

test("reads whole numbers of credits, and nothing else", () => {
  expect([" 12 ", "1,000", "1 000"].map((text) => readCredits(text))).toEqual([12, 1_000, 1_000]);
  for (const text of [undefined, "", "0", "-5", "+5", "1.5", "1e3", "ten"]) expect(readCredits(text)).toBeNaN();
});
