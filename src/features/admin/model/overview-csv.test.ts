import { expect, test } from "vitest";
import type { Overview } from "@/shared/overview";
import { overviewCsv, overviewCsvName } from "./overview-csv";

const point = {
  at: new Date("2026-03-03T00:00:00Z"),
  newUsers: 1,
  activeUsers: 2,
  answers: 3,
  cachedAnswers: 0,
  images: 0,
  asked: 3,
  failed: 0,
  creditsSold: 20,
  creditsGiven: 10,
  creditsUsed: 3,
  creditsTaken: 0,
  revenue: 200,
  refunded: 0,
  costMicros: 150,
  margin: -5,
  firstTokenP50: 321,
  firstTokenP95: null,
};
const overview: Overview = {
  by: "day",
  currency: "USD",
  play: true,
  now: { users: 1, active: { day: 1, week: 1, month: 1 }, available: 0, held: 0, owed: 0, running: 0 },
  total: point,
  points: [point],
  catchingUp: false,
  asOf: new Date("2026-03-03T12:00:00Z"),
};

test("writes every figure under its name, a loss as a number, and nothing where there is none", () => {
  const [head, line] = overviewCsv(overview).split("\r\n");
  const row = new Map(head?.split(",").map((name, index) => [name, line?.split(",")[index]]));
  expect(row.get("at")).toBe("2026-03-03T00:00:00.000Z");
  expect([row.get("creditsSold"), row.get("margin"), row.get("firstTokenP95")]).toEqual(["20", "-5", ""]);
  expect(row.size).toBe(Object.keys(point).length);
  expect(overviewCsvName(overview)).toBe("inkwell-overview-day-2026-03-03.csv");
});
