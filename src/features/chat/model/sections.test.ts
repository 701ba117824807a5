import { expect, test } from "vitest";
import type { ChatMessage } from "@/shared/chat";
import type { Turn } from "./message-tree";
import { isNear, nearWindow } from "./near";
import { guessHeight, plainText, sectionsOf } from "./sections";

const turn = (id: string, role: ChatMessage["role"], content = id): Turn => ({
  message: { id, conversationId: "c", role, content, status: "complete", requestId: "r", createdAt: new Date(0) },
  siblings: [],
  group: "g",
});

test("a section is a question and its answer; a page may begin with an answer alone", () => {
  const sections = sectionsOf([
    turn("a0", "assistant"),
    turn("q1", "user"),
    turn("a1", "assistant"),
    turn("q2", "user"),
  ]);
  expect(sections.map((section) => section.turns.map(({ message }) => message.id))).toEqual([
    ["a0"],
    ["q1", "a1"],
    ["q2"],
  ]);
  expect(sections[1] && plainText(sections[1])).toBe("q1\n\na1");
});

test("longer sections are thought to be higher", () => {
  const [short, long] = [turn("q", "user", "Why?"), turn("q", "user", "Why? ".repeat(200))].map(
    (it) => sectionsOf([it])[0],
  );
  if (!short || !long) throw new Error("There are two.");
  expect(guessHeight(long)).toBeGreaterThan(guessHeight(short));
});

test("draws what comes near the window, and nothing else", () => {
  const near = nearWindow(100, (index) => index * 100, 4_250, 4_900);
  const drawn = Array.from({ length: 100 }, (_, index) => index).filter((index) => isNear(near, index, 100));
  expect(drawn).toEqual([42, 43, 44, 45, 46, 47, 48]);
});

test("what is near stays near when an earlier page comes", () => {
  const near = nearWindow(100, (index) => index * 100, 4_250, 4_900);
  expect(isNear(near, 42, 100)).toBe(true);
  expect(isNear(near, 142, 200)).toBe(true);
  expect(isNear(near, 42, 200)).toBe(false);
});

test("at the end nothing is left plain below, at the beginning nothing above", () => {
  const topOf = (index: number) => index * 100;
  expect(nearWindow(10, topOf, 600, 1_000)).toEqual({ below: 0, upTo: 5 });
  expect(nearWindow(10, topOf, 0, 300)).toEqual({ below: 7, upTo: 10 });
});
