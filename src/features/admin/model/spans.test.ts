import { expect, test } from "vitest";
import { spanInFull, spanShort, spansInWords } from "./spans";

const at = new Date("2026-03-03T14:00:00Z");

test("names spans of UTC, wherever they are read", () => {
  expect([spanShort(at, "hour"), spanShort(at, "day")]).toEqual(["14:00", "3 Mar"]);
  expect(spanInFull(at, "hour")).toBe("Tue, 3 Mar 2026, 14:00");
  expect(spanInFull(at, "day")).toBe("Tue, 3 Mar 2026");
  expect(spanInFull(at, "week")).toBe("Week of Tue, 3 Mar 2026");
  expect([spansInWords(30, "day"), spansInWords(1, "week")]).toEqual(["the last 30 days", "the last week"]);
});
