import { Operation, ProviderCall, RequestEvent } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { env } from "@/env";
import { newRequestId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { sendMessage } from "@/server/services/chat/send-message";
import { stopAnswer } from "@/server/services/chat/stop-answer";
import {
  collect,
  eventually,
  generate,
  message,
  never,
  person,
  sandbox,
  send,
  textOf,
  the,
} from "../../../../tests/studio";
import { writeObservations } from "./write-observations";

beforeEach(() => sandbox().reset());

/** A person whose log lines carry their request, as a procedure gives it to services. */
async function caller(fields: Parameters<typeof person>[0] = {}) {
  const actor = await person(fields);
  return { ...actor, log: logger.child({ requestId: actor.requestId, userId: actor.user.id }) };
}

async function storyOf(requestId: string) {
  await writeObservations();
  return RequestEvent.find({ requestId }).sort({ at: 1, _id: 1 }).lean();
}

async function callsOf(requestId: string) {
  await writeObservations();
  return ProviderCall.find({ requestId }).sort({ at: 1 }).lean();
}

describe("the story of a request", () => {
  test("tells of an answer what was looked for, who was asked, how it ended and what it cost, in that order", async () => {
    const actor = await caller();
    the(await send(actor), "done");
    const story = await storyOf(actor.requestId);
    expect(story.map(({ event, fields }) => [event, fields.outcome ?? fields.type])).toEqual([
      ["cache", "miss"],
      ["provider", "answered"],
      ["answer", "complete"],
      ["credits", "CAPTURE"],
    ]);
    expect(story.every(({ userId }) => userId === actor.user.id)).toBe(true);
  });

  test("names what a request was refused for, with its fields", async () => {
    const requestId = newRequestId();
    const fields = { "packs.0.credits": ["Write a number."], $where: ["This field is not known here."] };
    logger.child({ requestId }).info({ path: "admin.saveSettings", code: "VALIDATION", fields }, "call");
    expect((await storyOf(requestId))[0]?.fields).toMatchObject({ code: "VALIDATION", fields });
  });

  test("keeps an error's words, without where in the code it was thrown or what else hung on it", async () => {
    const requestId = newRequestId();
    const error = Object.assign(new Error("connection lost"), {
      code: "ECONNRESET",
      document: { content: "a secret" },
    });
    logger.child({ requestId }).error({ err: error }, "call");
    expect(await storyOf(requestId)).toMatchObject([
      { level: "error", fields: { err: { type: "Error", message: "connection lost", code: "ECONNRESET" } } },
    ]);
    expect(JSON.stringify(await storyOf(requestId))).not.toMatch(/a secret|\.ts:/);
  });

  test("never holds what people wrote or what they were answered, whatever went wrong", async () => {
    const question = "Why do lighthouse keepers whistle so rarely";
    const drawing = "An umbrella made of porcelain at dusk";
    const actor = await caller({ credits: 50 });
    const texts: string[] = [];
    const ask = async () => texts.push(textOf(await send(actor, { content: question, skipCache: true })));
    await ask();
    for (const kind of ["reset", "malformed", "cut-end", "bad-chunk", "error-event"] as const) {
      sandbox().fail("gemini", { kind });
      await ask();
    }
    sandbox().fail("gemini", { kind: "status", status: 400, message: question });
    await ask();
    sandbox().fail("gemini", { kind: "blocked" });
    await ask();
    await generate(actor, { prompt: drawing });
    sandbox().fail("replicate", { kind: "status", status: 422, message: drawing });
    await generate(actor, { prompt: drawing });
    sandbox().fail("cloudinary", { kind: "status", status: 400, message: drawing });
    await generate(actor, { prompt: drawing });

    await writeObservations();
    const kept = JSON.stringify([await RequestEvent.find().lean(), await ProviderCall.find().lean()]);
    expect(kept.length).toBeGreaterThan(5_000);
    expect(kept).not.toMatch(/lighthouse|keepers|porcelain|umbrella/);
    const answered = texts.filter((text) => text.length > 40);
    expect(answered.length).toBeGreaterThan(0);
    for (const text of answered) {
      for (const sentence of text.match(/[^.\n]{24,}/g) ?? []) expect(kept).not.toContain(sentence.trim());
    }
  });
});

describe("a call to a provider", () => {
  test("is kept with its tokens, its times and what it cost by the price of its day", async () => {
    const actor = await caller();
    the(await send(actor), "done");
    const [call, ...more] = await callsOf(actor.requestId);
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      provider: "gemini",
      model: env.GEMINI_MODEL_FAST,
      kind: "chat",
      outcome: "answered",
      sandbox: true,
    });
    const { inputTokens = 0, outputTokens = 0, firstTokenMs = -1, ms = -1, costMicros } = call ?? {};
    expect(costMicros).toBe(Math.round(inputTokens * 0.25 + outputTokens * 1.5));
    expect(outputTokens).toBeGreaterThan(0);
    expect(firstTokenMs).toBeGreaterThanOrEqual(0);
    expect(ms).toBeGreaterThanOrEqual(firstTokenMs);
  });

  test("is one for each attempt when the first provider fails, with the class of each failure", async () => {
    const actor = await caller();
    sandbox().fail("gemini", { kind: "status", status: 503, times: 2 });
    expect(the(await send(actor), "done").message.provider).toBe("openai");
    expect(
      (await callsOf(actor.requestId)).map(({ provider, outcome, failure }) => [provider, outcome, failure]),
    ).toEqual([
      ["gemini", "failed", "503"],
      ["gemini", "failed", "503"],
      ["openai", "answered", undefined],
    ]);
    const [failed] = await callsOf(actor.requestId);
    expect(failed).toMatchObject({ costMicros: 0 });
  });

  test("that was stopped is aborted, and costs what was read of it", async () => {
    const actor = await caller();
    sandbox().setPace({ msPerToken: 20 });
    const events = (await sendMessage(actor, message(), never()))[Symbol.asyncIterator]();
    let messageId = "";
    for (;;) {
      const { value } = await events.next();
      if (value.type === "start") messageId = value.messageId;
      if (value.type === "delta") break;
    }
    await stopAnswer(actor, messageId);
    await collect({ [Symbol.asyncIterator]: () => events });
    const call = await eventually(async () => {
      const [kept] = await callsOf(actor.requestId);
      if (!kept) throw new Error("not told yet");
      return kept;
    });
    expect(call.outcome).toBe("aborted");
    expect(call.outputTokens).toBeGreaterThan(0);
    expect(call.costMicros).toBeGreaterThan(0);
  });

  test("that breaks in the middle is failed, and costs what was read of it", async () => {
    const actor = await caller();
    sandbox().fail("gemini", { kind: "cut-reset", afterDeltas: 3 });
    the(await send(actor), "error");
    const [call] = await callsOf(actor.requestId);
    expect(call).toMatchObject({ outcome: "failed", failure: "reset" });
    expect(call?.costMicros).toBeGreaterThan(0);
  });

  test("of images counts them, and storing each is a call of its own", async () => {
    const actor = await caller({ role: "SUBSCRIBER" });
    the(await generate(actor, { count: 2 }), "done");
    const calls = await callsOf(actor.requestId);
    expect(
      calls.find(({ provider, model }) => provider === "replicate" && model === env.REPLICATE_MODEL),
    ).toMatchObject({
      kind: "image",
      outcome: "answered",
      images: 2,
      costMicros: 6_000,
    });
    expect(calls.filter(({ provider }) => provider === "cloudinary")).toHaveLength(2);
  });
});

test("how long the first words took stands with the operation, not with an answer from the cache", async () => {
  const actor = await caller();
  const content = `What is a barnacle ${newRequestId()}`;
  the(await send(actor, { content }), "done");
  the(await send(actor, { content }), "done");
  const operations = await Operation.find({ userId: actor.user.id }).sort({ createdAt: 1 }).lean();
  expect(operations.map(({ outcome }) => outcome)).toEqual(["complete", "cached"]);
  expect(operations[0]?.firstTokenMs).toBeGreaterThanOrEqual(0);
  expect(operations[1]).not.toHaveProperty("firstTokenMs");
});
