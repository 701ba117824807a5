import { expect, test } from "vitest";
import { Run, RunRegistry } from "./run-registry";

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
  expect(await timed(run.pause(50, never))).toBeGreaterThanOrEqual(45);
});

test("being woken while there is no pause ends the next one, once, however often it happens", async () => {
  const run = new Run("run", {});
  run.wake();
  run.wake();
  expect(await timed(run.pause(LONG_MS, never))).toBeLessThan(LONG_MS / 2);
  expect(await timed(run.pause(50, never))).toBeGreaterThanOrEqual(45);
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
  const waiting = run.changed(never);
  end();
  await waiting;
  expect(registry.find("run")).toBeUndefined();
  await run.changed(never);
});
