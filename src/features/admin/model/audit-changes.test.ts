import { expect, test } from "vitest";
import { auditChanges } from "./audit-changes";

test("names each value that differs, however deep it is", () => {
  const before = { prices: { image: 1, chatFast: 1 }, packs: [{ credits: 10, amount: 100 }] };
  const after = {
    prices: { image: 2, chatFast: 1 },
    packs: [
      { credits: 10, amount: 120 },
      { credits: 50, amount: 500 },
    ],
  };
  expect(auditChanges(before, after).map(({ label, before, after }) => [label, before, after])).toEqual([
    ["prices.image", "1", "2"],
    ["packs.0.amount", "100", "120"],
    ["packs.1.credits", undefined, "50"],
    ["packs.1.amount", undefined, "500"],
  ]);
});

test("reads plain values, dates, and what is not there", () => {
  expect(auditChanges("USER", "ADMIN")).toEqual([{ key: "", label: "It", before: "USER", after: "ADMIN" }]);
  expect(auditChanges(undefined, undefined)).toEqual([]);
  expect(auditChanges({ at: null }, { at: new Date(0) })).toEqual([
    { key: "at", label: "at", before: "null", after: "1970-01-01T00:00:00.000Z" },
  ]);
});
