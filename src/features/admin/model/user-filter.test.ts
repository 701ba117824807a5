import { expect, test } from "vitest";
import { isNarrow, readUserFilter } from "./user-filter";

const read = (address: string) => readUserFilter(new URLSearchParams(address));

test("reads what an address asks for", () => {
  expect(read("query=ann+lee&sort=email&role=ADMIN&status=suspended")).toEqual({
    query: "ann lee",
    sort: "email",
    role: "ADMIN",
    status: "suspended",
  });
});

test("shows everybody, the newest first, when the address says nothing or nonsense", () => {
  const everybody = { query: undefined, sort: "newest", role: undefined, status: undefined };
  expect(read("")).toEqual(everybody);
  expect(read(`query=${"a".repeat(101)}&sort=luck&role=KING&status=`)).toEqual(everybody);
});

test("an order leaves nobody out, a filter does", () => {
  expect(isNarrow(read("sort=email"))).toBe(false);
  expect(isNarrow(read("status=active"))).toBe(true);
});
