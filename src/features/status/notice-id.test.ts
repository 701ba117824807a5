import { expect, test } from "vitest";
import { noticeId } from "./notice-id";

test("a message that was closed stays closed, another one shows", () => {
  expect(noticeId("We move on Sunday.")).toBe(noticeId("We move on Sunday."));
  expect(noticeId("We move on Sunday.")).not.toBe(noticeId("We move on Monday."));
  expect(noticeId("Wir ziehen um — später.")).toMatch(/^[a-z0-9]{1,7}$/);
});
