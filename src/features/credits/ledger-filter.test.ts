import { expect, test } from "vitest";
import { FILTER_CHOICES, ledgerQuery, readFilter } from "./ledger-filter";

test("reads the filter out of an address, and shows everything otherwise", () => {
  expect(readFilter("taken")).toBe("taken");
  for (const value of [undefined, null, "", "GRANT", ["spent"]]) expect(readFilter(value)).toBe("all");
});

test("asks for all movements without a type", () => {
  expect(ledgerQuery("all")).not.toHaveProperty("type");
  expect(FILTER_CHOICES.map(({ value }) => ledgerQuery(value).type)).toEqual([
    undefined,
    "CAPTURE",
    "RELEASE",
    "GRANT",
    "REFUND",
    "ADJUST",
  ]);
});
