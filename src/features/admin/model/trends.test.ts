import { expect, test } from "vitest";
import type { Figures } from "@/shared/overview";
import { inFull, trendsIn } from "./trends";

const nothing: Figures = {
  newUsers: 0,
  activeUsers: 0,
  answers: 0,
  cachedAnswers: 0,
  images: 0,
  asked: 0,
  failed: 0,
  creditsSold: 0,
  creditsGiven: 0,
  creditsUsed: 0,
  creditsTaken: 0,
  revenue: 0,
  refunded: 0,
  costMicros: 0,
  margin: 0,
  firstTokenP50: null,
  firstTokenP95: null,
};
const measures = trendsIn("USD").flatMap((trend) => trend.measures);
const measure = (name: string) => {
  const found = measures.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no measure ${name}`);
  return found;
};

test("shares and times of nothing are told as none, not as nothing", () => {
  for (const name of ["Cache hits", "Errors", "p50", "p95"]) expect(inFull(measure(name), nothing)).toBe("–");
  expect(inFull(measure("Errors"), { ...nothing, asked: 4, failed: 1 })).toBe("25%");
});

test("a loss is written as one", () => {
  expect(inFull(measure("Margin"), { ...nothing, margin: -120 })).toBe("−$1.20");
});

test("every figure has a name of its own among those it is read with", () => {
  for (const { measures: together } of trendsIn("USD")) {
    expect(new Set(together.map(({ name }) => name)).size).toBe(together.length);
  }
});
