import { expect, test } from "vitest";
import type { Pack } from "@/shared/payments";
import { packFor, pricePerCredit } from "./pack-price";

const pack = (credits: number, amount: number, currency = "EUR"): Pack => ({
  id: String(credits),
  credits,
  price: { amount, currency },
});

test("says what one credit costs", () => {
  expect(pricePerCredit(pack(20, 200))).toBe("€0.10");
  expect(pricePerCredit(pack(3, 100))).toBe("€0.3333");
  expect(pricePerCredit(pack(1000, 750))).toBe("€0.0075");
});

test("knows currencies without decimals", () => {
  expect(pricePerCredit(pack(20, 300, "JPY"))).toBe("¥15");
  expect(pricePerCredit(pack(40, 300, "JPY"))).toBe("¥7.5");
});

test("proposes the smallest pack that is enough, and never none while there is one", () => {
  const packs = [pack(50, 500), pack(10, 100), pack(20, 200)];
  expect(packFor(packs, 1)?.credits).toBe(10);
  expect(packFor(packs, 11)?.credits).toBe(20);
  expect(packFor(packs, 99)?.credits).toBe(50);
  expect(packFor([], 1)).toBeUndefined();
});
