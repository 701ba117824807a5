import { expect, test } from "vitest";
import type { ChatMessage } from "@/shared/chat";
import { mergeMessages, shownBranch } from "./message-tree";

const message = (
  id: string,
  parentId: string | undefined,
  at: number,
  more: Partial<ChatMessage> = {},
): ChatMessage => ({
  id,
  parentId,
  conversationId: "c",
  role: id.startsWith("q") ? "user" : "assistant",
  content: id,
  status: "complete",
  requestId: "r",
  createdAt: new Date(at),
  ...more,
});

const FORKED = [message("q1", undefined, 1), message("a1", "q1", 2), message("a2", "q1", 3), message("q2", "a1", 4)];
const ids = (messages: ChatMessage[], chosen = new Map<string, string>()) =>
  shownBranch(messages, chosen).map((turn) => turn.message.id);

test("shows the newest at each fork, and what was chosen instead", () => {
  expect(ids(FORKED)).toEqual(["q1", "a2"]);
  expect(ids(FORKED, new Map([["q1", "a1"]]))).toEqual(["q1", "a1", "q2"]);
});

test("begins with what is known when the page's beginning is missing", () => {
  expect(ids([message("a7", "q7", 7), message("q8", "a7", 8), message("a8", "q8", 9)])).toEqual(["a7", "q8", "a8"]);
});

test("leaves out attempts that came to nothing once there is another", () => {
  const failed = message("a1", "q1", 2, { status: "failed", content: "" });
  const [, answer] = shownBranch([message("q1", undefined, 1), failed, message("a2", "q1", 3)], new Map());
  expect(answer?.siblings.map(({ id }) => id)).toEqual(["a2"]);
  expect(ids([message("q1", undefined, 1), failed])).toEqual(["q1", "a1"]);
});

test("prefers the newer word on a message, and sorts by time", () => {
  const merged = mergeMessages(
    [message("q1", undefined, 1), message("a1", "q1", 2)],
    [message("a1", "q1", 2, { content: "grown" })],
  );
  expect(merged.map(({ content }) => content)).toEqual(["q1", "grown"]);
});
