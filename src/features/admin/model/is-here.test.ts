import { expect, test } from "vitest";
import { isHere } from "./is-here";

test.each([
  ["/admin", "/admin", true],
  ["/admin", "/admin/users", false],
  ["/admin/users", "/admin/users", true],
  ["/admin/users", "/admin/users/abc", true],
  ["/admin/users", "/admin/users-of-old", false],
])("of %s, %s: %s", (href, pathname, expected) => {
  expect(isHere(href, pathname)).toBe(expected);
});
