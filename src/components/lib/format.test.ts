import { expect, test } from "vitest";
import { credits, signed } from "./format";

test.each([0, 1, 999, 1_000, 12_345, 999_999, 1_000_000, -1_234, -123_456])("groups %i as English does", (amount) => {
  expect(credits(amount).split(" ")[0]).toBe(amount.toLocaleString("en"));
});

test("writes a true minus sign", () => {
  expect([signed(0), signed(1_500), signed(-1_500)]).toEqual(["0", "+1,500", "−1,500"]);
});
