import { expect, test } from "vitest";
import { costOf, estimateTokens } from "./provider-prices";

const day = new Date("2026-11-01T12:00:00Z");

test("a call costs its tokens by the model's price, in millionths of a dollar", () => {
  const usage = { inputTokens: 1_000, outputTokens: 2_000 };
  expect(costOf("gemini", "gemini-3.1-flash-lite", usage, day)).toBe(250 + 3_000);
  expect(costOf("openai", "gpt-5.2", usage, day)).toBe(1_750 + 28_000);
});

test("an image costs its price, whoever keeps it costs nothing", () => {
  expect(costOf("replicate", "black-forest-labs/flux-schnell", { images: 4 }, day)).toBe(12_000);
  expect(costOf("cloudinary", "storage", {}, day)).toBe(0);
});

test("a day before the first known price counts as that one's, and a model nobody knows has none", () => {
  const early = new Date("2020-01-01T00:00:00Z");
  expect(costOf("openai", "gpt-5-mini", { outputTokens: 1_000 }, early)).toBe(2_000);
  expect(costOf("openai", "gpt-nobody-knows", { outputTokens: 1_000 }, day)).toBeUndefined();
});

test("four characters are one token where nobody counted", () => {
  expect([0, 1, 4, 5].map(estimateTokens)).toEqual([0, 1, 1, 2]);
});
