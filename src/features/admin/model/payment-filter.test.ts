import { expect, test } from "vitest";
import { readPaymentFilter, STATE_CHOICES } from "./payment-filter";

test("reads what an address asks for, and leaves nonsense out", () => {
  const read = (address: string) => readPaymentFilter(new URLSearchParams(address));
  expect(read("query=ann%40example.org&state=DISPUTED")).toEqual({ query: "ann@example.org", state: "DISPUTED" });
  expect(read("query=&state=LOST")).toEqual({ query: undefined, state: undefined });
});

test("offers every state by a name of its own", () => {
  expect(new Set(STATE_CHOICES.map(({ label }) => label)).size).toBe(STATE_CHOICES.length);
});
