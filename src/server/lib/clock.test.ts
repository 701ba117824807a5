import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { sleep, withDeadline } from "./clock";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

describe("a signal with a deadline", () => {
  test("strikes though nobody holds the deadline, nor even the signal", async () => {
    const { signal } = new AbortController();
    const held = withDeadline(signal, 200);
    let heard = 0;
    withDeadline(signal, 200).addEventListener("abort", () => {
      heard += 1;
    });
    for (let round = 0; round < 10; round += 1) {
      collectGarbage();
      await sleep(30);
    }
    expect(held.aborted).toBe(true);
    expect(held.reason).toMatchObject({ name: "TimeoutError" });
    expect(heard).toBe(1);
  });

  test("strikes at once when the signal does", () => {
    const stop = new AbortController();
    const signal = withDeadline(stop.signal, 60_000);
    stop.abort("enough");
    expect(signal.reason).toBe("enough");
  });
});
