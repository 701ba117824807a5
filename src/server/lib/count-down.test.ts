import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { countDown, watchSilence } from "./count-down";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("counts the time as it goes by", async () => {
  const late = vi.fn();
  countDown(1_000, late);
  await vi.advanceTimersByTimeAsync(999);
  expect(late).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(late).toHaveBeenCalledOnce();
});

test("looks that are each a little late do not add up", async () => {
  const { setTimeout: exact } = globalThis;
  vi.spyOn(globalThis, "setTimeout").mockImplementation((callback, ms = 0, ...rest) =>
    exact(callback, ms + 2, ...rest),
  );
  const late = vi.fn();
  countDown(1_000, late);
  await vi.advanceTimersByTimeAsync(1_004);
  vi.restoreAllMocks();
  expect(late).toHaveBeenCalledOnce();
});

test("says nothing once it was called off", async () => {
  const late = vi.fn();
  const stop = countDown(1_000, late);
  await vi.advanceTimersByTimeAsync(900);
  stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(late).not.toHaveBeenCalled();
});

test("silence is noticed within a tenth of its time, and begins anew with every word", async () => {
  const late = vi.fn();
  const { heard, stop } = watchSilence(1_000, late);
  for (let word = 0; word < 5; word += 1) {
    await vi.advanceTimersByTimeAsync(950);
    heard();
  }
  expect(late).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(999);
  expect(late).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(101);
  expect(late).toHaveBeenCalledOnce();
  stop();
  expect(vi.getTimerCount()).toBe(0);
});
