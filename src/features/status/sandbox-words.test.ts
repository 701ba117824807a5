import { expect, test } from "vitest";
import { sandboxInWords } from "./sandbox-words";

const nothing = { chat: false, images: false, storage: false, payments: false };

test("says what the sandbox plays, and nothing when it plays nothing", () => {
  expect(sandboxInWords(nothing)).toBeUndefined();
  expect(sandboxInWords({ ...nothing, payments: true })).toBe("no real money moves");
  expect(sandboxInWords({ ...nothing, storage: true })).toBe("images are kept on this server only");
  expect(sandboxInWords({ chat: true, images: true, storage: true, payments: true })).toBe(
    "answers and images are made up on this server, and no real money moves",
  );
});
