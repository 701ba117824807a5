import { expect, test } from "vitest";
import { withNewest } from "./with-newest";

const page = (nextCursor: string | undefined, ...ids: string[]) => ({
  nextCursor,
  messages: ids.map((id) => ({ id })),
});

test("what a new message moved off the newest page stays where it was read", () => {
  const pages = [page("before-c", "c", "d"), page(undefined, "a", "b")];
  expect(withNewest(pages, page("before-d", "d", "e"))).toEqual([page("before-c", "c", "d", "e"), pages[1]]);
});

test("when there is so much new that nothing of it is known, reading begins again", () => {
  const pages = [page("before-c", "c", "d"), page(undefined, "a", "b")];
  expect(withNewest(pages, page("before-x", "x", "y"))).toEqual([page("before-x", "x", "y")]);
});

test("without any page the newest is all there is", () => {
  expect(withNewest([], page(undefined, "a"))).toEqual([page(undefined, "a")]);
});
