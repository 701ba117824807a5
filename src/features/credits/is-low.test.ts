import { expect, test } from "vitest";
import { isLow } from "./is-low";

const prices = { chat: { fast: 2, smart: 6 }, image: 4, signUpBonus: 10 };

test("calls a balance low when it is enough for two more questions at most", () => {
  expect(isLow({ available: 6 }, prices)).toBe(false);
  expect(isLow({ available: 5 }, prices)).toBe(true);
  expect(isLow({ available: 0 }, prices)).toBe(true);
});

test("never offers credits where everything is free", () => {
  expect(isLow({ available: 0 }, { ...prices, chat: { fast: 0, smart: 0 } })).toBe(false);
});
