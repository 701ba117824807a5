import { expect, test } from "vitest";
import { BoundedQueue } from "./bounded-queue";

test("hands out the oldest first, and drops and counts what does not fit", () => {
  const queue = new BoundedQueue<number>(3);
  for (const item of [1, 2, 3, 4, 5]) queue.add(item);
  expect(queue.take(2)).toEqual([1, 2]);
  queue.add(6);
  expect(queue.take(10)).toEqual([3, 6]);
  expect([queue.size, queue.dropped]).toEqual([0, 2]);
});
