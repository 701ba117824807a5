import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gatherer } from "./gatherer";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("works on all that came within the time, together, and keeps no timer when there is nothing", async () => {
  const worked: string[][] = [];
  const gatherer = new Gatherer<string>(100, async (items) => void worked.push(items));
  gatherer.add("one");
  await vi.advanceTimersByTimeAsync(99);
  gatherer.add("two");
  expect(worked).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(worked).toEqual([["one", "two"]]);
  expect(vi.getTimerCount()).toBe(0);
  gatherer.add("three");
  await vi.advanceTimersByTimeAsync(100);
  expect(worked).toEqual([["one", "two"], ["three"]]);
});

test("what comes while it works comes in its own time, however long the last round takes", async () => {
  const worked: string[][] = [];
  const gatherer = new Gatherer<string>(100, (items) => {
    worked.push(items);
    return new Promise<void>(() => undefined);
  });
  gatherer.add("one");
  await vi.advanceTimersByTimeAsync(100);
  gatherer.add("two");
  await vi.advanceTimersByTimeAsync(99);
  expect(worked).toEqual([["one"]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(worked).toEqual([["one"], ["two"]]);
});

test("without a time each is worked on by itself, at once", () => {
  const worked: string[][] = [];
  const gatherer = new Gatherer<string>(0, async (items) => void worked.push(items));
  gatherer.add("one");
  gatherer.add("two");
  expect(worked).toEqual([["one"], ["two"]]);
});

test("flush waits for what is being worked on as well as for what waits", async () => {
  const ends: (() => void)[] = [];
  const gatherer = new Gatherer<string>(100, () => new Promise<void>((resolve) => void ends.push(resolve)));
  gatherer.add("one");
  await vi.advanceTimersByTimeAsync(100);
  gatherer.add("two");
  let isDone = false;
  const flushed = gatherer.flush().then(() => {
    isDone = true;
  });
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(isDone).toBe(false);
  ends.shift()?.();
  await flushed;
  expect(vi.getTimerCount()).toBe(0);
});
