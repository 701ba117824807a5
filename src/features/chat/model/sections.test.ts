import { expect, test } from "vitest";
import type { ChatMessage } from "@/shared/chat";
import type { Turn } from "./message-tree";
import { firstBelow, isAnyNear, isNear, nearWindow } from "./near";
import { groupsOf, plainText, sectionsOf } from "./sections";

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
  expect(sections[1] && plainText(sections[1].turns)).toBe("q1\n\na1");
});

test("longer sections are thought to be higher", () => {
  const [short, long] = [turn("q", "user", "Why?"), turn("q", "user", "Why? ".repeat(200))].map(
    (it) => sectionsOf([it])[0],
  );
  if (!short || !long) throw new Error("There are two.");
  expect(long.guess).toBeGreaterThan(short.guess);
});

/** The first of so many sections, 100 px each, that begins at an edge or below. */
const firstOf = (count: number) => (edge: number) => firstBelow(count, (index) => index * 100, edge);

test("draws what comes near the window, and nothing else", () => {
  const near = nearWindow(100, firstOf(100), 4_250, 4_900);
  const drawn = Array.from({ length: 100 }, (_, index) => index).filter((index) => isNear(near, index, 100));
  expect(drawn).toEqual([42, 43, 44, 45, 46, 47, 48]);
});

test("what is near stays near when an earlier page comes", () => {
  const near = nearWindow(100, firstOf(100), 4_250, 4_900);
  expect(isNear(near, 42, 100)).toBe(true);
  expect(isNear(near, 142, 200)).toBe(true);
  expect(isNear(near, 42, 200)).toBe(false);
});

test("at the end nothing is left plain below, at the beginning nothing above", () => {
  expect(nearWindow(10, firstOf(10), 600, 1_000)).toEqual({ below: 0, upTo: 5 });
  expect(nearWindow(10, firstOf(10), 0, 300)).toEqual({ below: 7, upTo: 10 });
});

const talkOf = (from: number, to: number) =>
  sectionsOf(Array.from({ length: to - from }, (_, index) => turn(`q${from + index}`, "user")));

test("of 500 sections at their end the browser has few boxes to place", () => {
  const near = { below: 0, upTo: 8 };
  const boxes = groupsOf(talkOf(0, 500), "q450").map(({ from, sections }) =>
    isAnyNear(near, from, sections.length, 500) ? sections.length : 1,
  );
  expect(boxes.reduce((sum, count) => sum + count, 0)).toBeLessThan(75);
});

test("a group is near when any of its sections is", () => {
  const all = talkOf(0, 90);
  for (const near of [
    { below: 0, upTo: 4 },
    { below: 29, upTo: 31 },
    { below: 30, upTo: 50 },
    { below: 0, upTo: Number.POSITIVE_INFINITY },
  ]) {
    for (const { from, sections } of groupsOf(all, "q50")) {
      const any = sections.some((_, index) => isNear(near, from + index, all.length));
      expect(isAnyNear(near, from, sections.length, all.length)).toBe(any);
    }
  }
});

test("sections stay in their groups when earlier and later ones come", () => {
  const numbersOf = (from: number, to: number) =>
    new Map(groupsOf(talkOf(from, to), "q50").flatMap((group) => group.sections.map(({ id }) => [id, group.number])));
  const readBack = numbersOf(0, 103);
  for (const [id, number] of numbersOf(50, 100)) expect(readBack.get(id)).toBe(number);
  expect(groupsOf(talkOf(0, 103), "q50").map(({ from }) => from)).toEqual([0, 10, 30, 50, 70, 90]);
});
