import { expect, test } from "vitest";
import type { RequestStory } from "@/shared/operations";
import { callsOf, spentIn, timelineOf } from "./story";

const begun = Date.parse("2026-03-03T12:00:00Z");
const at = (ms: number) => new Date(begun + ms);
const info = { level: "info" as const };
const call = {
  model: "m-1",
  kind: "chat" as const,
  costMicros: 0,
  sandbox: true,
};

/** An answer that OpenAI gave because Gemini could not. */
const failedOver: RequestStory = {
  requestId: "r_12345678",
  user: { id: "u_1" },
  things: [],
  lines: [
    { ...info, at: at(10), event: "limit", fields: { limit: "chat", allowed: true } },
    { ...info, at: at(15), event: "cache", fields: { outcome: "miss" } },
    { ...info, at: at(20), event: "call", fields: { path: "chat.send", type: "mutation", ms: 20 } },
    { level: "warn", at: at(120), event: "provider", fields: { provider: "gemini" } },
    {
      ...info,
      at: at(2_000),
      event: "answer",
      fields: { outcome: "complete", charged: 1, ms: 1_990, provider: "openai", fallback: true },
    },
    { ...info, at: at(2_005), event: "something else", fields: { detail: { deep: 1 } } },
  ],
  calls: [
    { ...call, id: "c_1", at: at(25), provider: "gemini", outcome: "failed", failure: "503", ms: 95 },
    {
      ...call,
      id: "c_2",
      at: at(130),
      provider: "openai",
      outcome: "answered",
      ms: 1_860,
      firstTokenMs: 400,
      inputTokens: 12,
      outputTokens: 80,
      costMicros: 4_200,
    },
  ],
  ledger: [
    {
      id: "l_1",
      type: "HOLD",
      deltaAvailable: -1,
      deltaHeld: 1,
      deltaOwed: 0,
      reason: "Set aside for an answer",
      requestId: "r_12345678",
      at: at(12),
    },
    {
      id: "l_2",
      type: "CAPTURE",
      deltaAvailable: 0,
      deltaHeld: -1,
      deltaOwed: 0,
      reason: "An answer for 1 credit",
      requestId: "r_12345678",
      at: at(1_999),
    },
  ],
  audit: [],
};

test("tells everything in the order in which it began, each call to a provider once", () => {
  const { moments, start, ms } = timelineOf(failedOver);
  expect(moments.map(({ kind, title }) => `${kind}: ${title}`)).toEqual([
    "Call: chat.send answered",
    "Check: Within the limit for chat",
    "Check: The answer is complete · by OpenAI, in place of the first · 1 credit charged",
    "Credits: Set aside for an answer",
    "Check: The answer was not in the cache",
    "Provider: Gemini failed: 503",
    "Provider: OpenAI answered",
    "Credits: An answer for 1 credit",
    "Log: something else",
  ]);
  expect({ start, ms }).toEqual({ start: begun, ms: 2_005 });
});

test("each thing has its place in the whole time, and what failed stands out", () => {
  const { moments, start } = timelineOf(failedOver);
  const [gemini, openai] = moments.filter(({ kind }) => kind === "Provider");
  expect(gemini).toMatchObject({ start: start + 25, end: start + 120, grave: true, details: ["m-1", "sandbox"] });
  expect(openai).toMatchObject({ firstAt: start + 530, end: start + 1_990, grave: false });
  expect(openai?.details).toEqual([
    "m-1",
    "first words after 400 ms",
    "12 tokens in, 80 out",
    "about $0.0042",
    "sandbox",
  ]);
});

test("with the calls gone, the log's lines about them are told", () => {
  const { moments } = timelineOf({ ...failedOver, calls: [] });
  expect(moments.map(({ title }) => title)).toContain("provider");
});

test("says what was called and what was spent", () => {
  expect(callsOf(failedOver)).toEqual([{ path: "chat.send", ms: 20, code: undefined }]);
  expect(spentIn(failedOver)).toBe(1);
});

test("a request of which only the ledger is left has a time all the same", () => {
  const { ms } = timelineOf({ ...failedOver, lines: [], calls: [], ledger: failedOver.ledger.slice(0, 1) });
  expect(ms).toBe(1);
});
