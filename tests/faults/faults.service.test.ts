import { fileURLToPath } from "node:url";
import { Account, Message } from "@models";
import { expect, test, vi } from "vitest";
import type { FaultCase } from "./fault-cases";
import type { FaultOutcome } from "./write-fault-table";

Object.assign(process.env, {
  CHAT_GEMINI_FIRST_CONTENT_MS: "10000",
  CHAT_OPENAI_FIRST_CONTENT_MS: "10000",
  CHAT_IDLE_MS: "10000",
  PROVIDER_RETRY_MIN_MS: "1",
  PROVIDER_RETRY_MAX_MS: "10",
  // Each case stands for a request of its own; what the others did must not matter to it.
  BREAKER_CALLS: "10000",
  PROVIDER_RETRIES_MIN: "1000",
});
vi.resetModules();
const { bookProblems, newKey, person, sandbox, send, textOf, the } = await import("../studio");
const { cacheKey, joinFlight, leaveFlight } = await import("@/server/services/ai/response-cache");
const { SYSTEM_PROMPT } = await import("@/server/services/chat/system-prompt");
const { CASES } = await import("./fault-cases");
const { writeFaultTable } = await import("./write-fault-table");

/** So many cases at a time: the long ones wait for a deadline. */
const AT_ONCE = 20;
const PAGE = fileURLToPath(new URL("../../docs/contributors/faults.md", import.meta.url));

const whoIs = (name: string | undefined) => (name === "gemini" || name === "openai" ? name : undefined);

/** Plays one case with a prompt of its own, and looks at every trace it left. */
async function play({ fault, place, moment }: FaultCase): Promise<FaultOutcome> {
  const content = `What is a fault ${newKey()}`;
  for (const provider of place.providers) {
    sandbox().fail(provider, { ...fault, body: content, afterDeltas: moment, times: 1_000 });
  }
  const { beside } = place;
  if (beside) sandbox().fail(beside.provider, { ...beside.fault, body: content, times: 1_000 });
  const actor = await person({ credits: 5 });
  const events = await send(actor, { content });
  const { messageId } = the(events, "start");
  const message = await Message.findById(messageId).lean();
  const account = await Account.findById(actor.user.id).lean();
  const question = { tier: "fast", system: SYSTEM_PROMPT, turns: [{ role: "user", text: content }] } as const;
  const key = cacheKey({ ...question, turns: [...question.turns], userId: actor.user.id });
  const flight = await joinFlight(key, actor.log);
  await leaveFlight(flight);
  const callsTo = (provider: "gemini" | "openai") =>
    sandbox()
      .requests(provider)
      .filter(({ body }) => JSON.stringify(body).includes(content)).length;
  const last = events.at(-1);
  const outcome: FaultOutcome = {
    answeredBy: last?.type === "done" ? whoIs(message?.provider) : undefined,
    error: last?.type === "error" ? last.code : undefined,
    text: message?.content ? (message.status === "complete" ? "whole" : "begun") : "none",
    charged: 5 - (account?.available ?? Number.NaN),
    cached: flight.role === "found",
    calls: { gemini: callsTo("gemini"), openai: callsTo("openai") },
  };

  // What must hold whatever happens, so that no table can be written that breaks it.
  expect(await bookProblems(actor.user.id)).toEqual([]);
  expect(account?.held).toBe(0);
  expect(outcome.charged).toBe(last?.type === "done" && message?.status === "complete" ? 1 : 0);
  expect(message?.charged).toBe(outcome.charged);
  expect(outcome.cached).toBe(outcome.answeredBy === "gemini");
  expect(outcome.calls.gemini + outcome.calls.openai).toBeLessThanOrEqual(3);
  expect(outcome.calls.gemini).toBeLessThanOrEqual(2);
  // Readers were told the stored text once, from one provider, and nothing of it twice.
  expect(events.filter(({ type }) => type === "snapshot")).toEqual([]);
  expect(events.filter(({ type }) => type === "provider").length).toBeLessThanOrEqual(1);
  if (last?.type === "error")
    expect(last).toMatchObject({ requestId: actor.requestId, partial: outcome.text !== "none" });
  if (outcome.error !== "CONTENT_BLOCKED") expect(textOf(events)).toBe(message?.content);
  let told = 0;
  for (const event of events) {
    if (event.type !== "delta") continue;
    expect(event.seq).toBe(told);
    told += event.text.length;
  }
  return outcome;
}

test(`${CASES.length} cases end as docs/contributors/faults.md says`, { timeout: 300_000 }, async () => {
  // Slow enough that text sent before a fault is read before it.
  sandbox().setPace({ msPerToken: 4, firstTokenMs: 1 });
  const outcomes: { fault: FaultCase; outcome: FaultOutcome }[] = [];
  const left = [...CASES];
  const playOn = async () => {
    for (let fault = left.shift(); fault; fault = left.shift()) outcomes.push({ fault, outcome: await play(fault) });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, playOn));
  await expect(writeFaultTable(outcomes)).toMatchFileSnapshot(PAGE);
});
