import { expect, test } from "vitest";
import { holdAddress, holdInWords } from "./hold-words";

test("says what is set aside and for what", () => {
  expect(holdInWords({ kind: "chat", amount: 1 })).toBe("1 credit for an answer under way");
  expect(holdInWords({ kind: "image", amount: 4 })).toBe("4 credits for images under way");
});

test("leads to where it can be seen at work", () => {
  expect(holdAddress({ kind: "chat", targetId: "abc" })).toBe("/chat/abc");
  expect(holdAddress({ kind: "chat", targetId: "" })).toBe("/chat");
  expect(holdAddress({ kind: "image", targetId: "abc" })).toBe("/images");
});
