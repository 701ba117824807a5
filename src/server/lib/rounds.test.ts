import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Rounds } from "./rounds";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("works on all that take part, together, until they leave, and then not at all", async () => {
  const worked: string[][] = [];
  const rounds = new Rounds<string>(100, async (members) => {
    worked.push(members);
  });
  const leaveOne = rounds.join("one");
  const leaveTwo = rounds.join("two");
  await vi.advanceTimersByTimeAsync(100);
  await leaveOne();
  await vi.advanceTimersByTimeAsync(100);
  await leaveTwo();
  expect(vi.getTimerCount()).toBe(0);
  expect(worked).toEqual([["one", "two"], ["two"]]);
});

test("a round that takes longer than the interval is not overtaken, and whoever leaves waits for it", async () => {
  let end: () => void = () => undefined;
  let begun = 0;
  const rounds = new Rounds<string>(100, () => {
    begun += 1;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  const leave = rounds.join("one");
  await vi.advanceTimersByTimeAsync(350);
  expect(begun).toBe(1);
  let hasLeft = false;
  const leaving = leave().then(() => {
    hasLeft = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(hasLeft).toBe(false);
  end();
  await leaving;
});
