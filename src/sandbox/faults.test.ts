import { expect, test } from "vitest";
import { FaultQueue, queuedFault } from "./faults";

test("faults hit one request each, in order, and only their provider", () => {
  const queue = new FaultQueue();
  queue.add({ provider: "gemini", kind: "reset" });
  queue.add({ provider: "gemini", kind: "html", times: 2 });
  expect(queue.take("openai", { path: "/" })).toBeUndefined();
  const kinds = [1, 2, 3, 4].map(() => queue.take("gemini", { path: "/" })?.kind);
  expect(kinds).toEqual(["reset", "html", "html", undefined]);
});

test("a fault with a path waits for a request to that path", () => {
  const queue = new FaultQueue();
  queue.add({ provider: "replicate", kind: "hang", path: "/files/" });
  expect(queue.take("replicate", { path: "/v1/predictions/abc" })).toBeUndefined();
  expect(queue.take("replicate", { path: "/files/abc/out-0.webp" })?.kind).toBe("hang");
});

test("a fault the request cannot have stays for one that can", () => {
  const queue = new FaultQueue();
  queue.add({ provider: "replicate", kind: "stall" });
  expect(queue.take("replicate", { path: "/" }, ({ kind }) => kind !== "stall")).toBeUndefined();
  expect(queue.take("replicate", { path: "/" })?.kind).toBe("stall");
});

test.each([
  [{ provider: "gemini", kind: "explode" }, "kind"],
  [{ provider: "gemnii", kind: "reset" }, "provider"],
  [{ provider: "gemini", kind: "status", status: "503" }, "status"],
  [{ provider: "gemini", kind: "reset", times: 0 }, "times"],
  [{ provider: "cloudinary", kind: "stall" }, "kind"],
  [{ provider: "replicate", kind: "cut-end" }, "kind"],
  [{ provider: "replicate", kind: "webhook-reorder" }, "kind"],
])("%j is refused because of its %s", (fault, field) => {
  expect(queuedFault.safeParse(fault).error?.issues[0]?.path).toEqual([field]);
});

test("a fault can wait for the request whose body names it", () => {
  const queue = new FaultQueue();
  queue.add({ provider: "gemini", kind: "status", body: "the unlucky prompt" });
  expect(queue.take("gemini", { path: "/", body: "another prompt" })).toBeUndefined();
  expect(queue.take("gemini", { path: "/" })).toBeUndefined();
  expect(queue.take("gemini", { path: "/", body: '{"text":"the unlucky prompt"}' })?.kind).toBe("status");
});

test("what is slow can be told to hurry, by the body it was meant for", () => {
  const queue = new FaultQueue();
  for (const body of ["one", "another"]) queue.add({ provider: "gemini", kind: "slow", delayMs: 500, body });
  const [one, another] = ["one", "another"].map((body) => queue.take("gemini", { path: "/", body }));
  queue.hurry("one");
  expect([one?.delayMs, another?.delayMs]).toEqual([0, 500]);
});
