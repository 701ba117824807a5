import { expect, test, vi } from "vitest";
import { GATHER_MS, Run, RunRegistry } from "./run-registry";

const LONG_MS = 60_000;
const never = new AbortController().signal;

/** How long something took, in milliseconds. */
async function timed(work: Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work;
  return performance.now() - startedAt;
}

test("a pause ends when its run is woken, and the next one lasts again", async () => {
  const run = new Run("run", {});
  const paused = timed(run.pause(LONG_MS, never));
  setTimeout(() => run.wake(), 20);
  expect(await paused).toBeLessThan(LONG_MS / 2);
  expect(await timed(run.pause(300, never))).toBeGreaterThanOrEqual(100);
});

test("being woken while there is no pause ends the next one, once, however often it happens", async () => {
  const run = new Run("run", {});
  run.wake();
  run.wake();
  expect(await timed(run.pause(LONG_MS, never))).toBeLessThan(LONG_MS / 2);
  expect(await timed(run.pause(300, never))).toBeGreaterThanOrEqual(100);
});

test("a pause rejects with the signal's reason, woken or not", async () => {
  const run = new Run("run", {});
  const stop = new AbortController();
  const paused = run.pause(LONG_MS, stop.signal);
  stop.abort("enough");
  await expect(paused).rejects.toBe("enough");
  run.wake();
  await expect(run.pause(LONG_MS, stop.signal)).rejects.toBe("enough");
});

test("whoever waits for a change, or begins to when the work has ended, is told to look elsewhere", async () => {
  const registry = new RunRegistry<object>("test");
  let end: () => void = () => undefined;
  const work = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = registry.start("run", {}, () => work);
  const follower = run.follow(never);
  const waiting = follower.changed();
  end();
  await waiting;
  expect(registry.find("run")).toBeUndefined();
  await follower.changed();
  await run.follow(never).changed();
});

test("changes that come close together wake everyone who waits once, an urgent one at once", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const run = new Run("run", { count: 0 });
    const other = new Run("other", { count: 0 });
    let woken = 0;
    const follower = run.follow(never, () => run.state.count >= 10);
    const follow = () => {
      const changed = follower.changed();
      changed.then(() => {
        woken = run.state.count;
      });
      return changed;
    };
    const gathered = follow();
    const besides = other.follow(never, () => false).changed();
    run.update({ count: 1 });
    await vi.advanceTimersByTimeAsync(GATHER_MS - 1);
    run.update({ count: 2 });
    other.update({ count: 1 });
    expect(woken).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await gathered;
    await besides;
    expect(woken).toBe(2);
    const urgent = follow();
    run.update({ count: 3 });
    expect(woken).toBe(2);
    run.update({ count: 10 });
    await urgent;
    expect(woken).toBe(10);
  } finally {
    vi.useRealTimers();
  }
});

test("whoever follows hears of the end of the work, or leaves, without waiting for changes to gather", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const run = new Run("run", {});
    const ended = run.follow(never, () => false).changed();
    run.update({});
    run.finish();
    await ended;
    const other = new Run("other", {});
    const stop = new AbortController();
    const follower = other.follow(stop.signal, () => false);
    const left = follower.changed();
    other.update({});
    stop.abort("gone");
    await expect(left).rejects.toBe("gone");
    await expect(follower.changed()).rejects.toBe("gone");
  } finally {
    vi.useRealTimers();
  }
});
