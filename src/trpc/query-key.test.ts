import { getQueryKey as original } from "@trpc/react-query";
import { expect, test } from "vitest";
import { getQueryKey, queryKeyOf } from "./query-key";

/** A procedure or router as tRPC's own function takes it. */
const named = (...path: string[]) => ({ _def: () => ({ path }) }) as unknown as Parameters<typeof original>[0];

test.each([
  ["a router", ["status"], []],
  ["a procedure with whatever input", ["chat", "list"], []],
  ["a query", ["chat", "get"], [{ conversationId: "c" }, "query"]],
  ["a query without input", ["account", "me"], [undefined, "query"]],
  ["pages", ["chat", "list"], [{ limit: 30 }, "infinite"]],
  ["anything asked with an input", ["chat", "get"], [{ conversationId: "c" }]],
])("names %s as tRPC does", (_, path, args) => {
  const ask = (keyOf: typeof original) => Reflect.apply(keyOf, undefined, [named(...path), ...args]);
  expect(ask(getQueryKey)).toEqual(ask(original));
});

test("a key without input begins those with it, so that all are invalidated at once", () => {
  expect(queryKeyOf(["chat", "list"])).toEqual(queryKeyOf(["chat", "list"], { limit: 30 }, "infinite").slice(0, 1));
});
