import { expect, test, vi } from "vitest";
import { isWanted, notify, onWanted, takeNotices } from "./notify";

test("what is said before there is anything to show it with is shown then, in order", () => {
  const wake = vi.fn();
  const leave = onWanted(wake);
  expect(isWanted()).toBe(false);
  notify("First.");
  notify("Second.");
  expect(isWanted()).toBe(true);
  expect(wake).toHaveBeenCalled();
  const shown: string[] = [];
  const stop = takeNotices(({ text }) => shown.push(text));
  notify("Third.");
  expect(shown).toEqual(["First.", "Second.", "Third."]);
  stop();
  leave();
});
