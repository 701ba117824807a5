import { expect, test } from "vitest";
import { COUNT, DURATION, MICROS, moneyUnit, SHARE } from "./figure-units";

test("writes figures in full, and short beside an axis", () => {
  expect([COUNT.full(12_345), COUNT.short(12_345)]).toEqual(["12,345", "12.3K"]);
  expect(SHARE.full(0.1234)).toBe("12.3%");
  expect([DURATION.full(420.4), DURATION.full(1_250), DURATION.short(700)]).toEqual(["420 ms", "1.25 s", "0.7 s"]);
  expect([MICROS.full(10_632_900), MICROS.full(150), MICROS.full(0)]).toEqual(["$10.63", "$0.0002", "$0.00"]);
});

test("knows currencies without decimals, and losses", () => {
  const [usd, yen] = [moneyUnit("USD"), moneyUnit("JPY")];
  expect([usd.full(-250), usd.short(1_250_000)]).toEqual(["−$2.50", "$12.5K"]);
  expect([yen.full(300), yen.short(300)]).toEqual(["¥300", "¥300"]);
});
