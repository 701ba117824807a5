import { Message, Operation } from "@models";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { sleep } from "@/server/lib/clock";
import { shortHash } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { closeNow } from "@/server/services/credits/close-settled";
import { getBalance } from "@/server/services/credits/get-balance";
import { finishOverdue } from "@/server/services/sweep/finish-overdue";
import type { ChatEvent } from "@/shared/chat";
import { AppError } from "@/shared/errors";
import {
  bookProblems,
  collect,
  eventually,
  message,
  never,
  newKey,
  person,
  sandbox,
  textOf,
  the,
} from "../../../../tests/studio";
import { answers } from "./answers";
import { sendMessage } from "./send-message";

beforeEach(() => sandbox().reset());
afterEach(() => vi.restoreAllMocks());

const untouched = { available: 10, held: 0, owed: 0 };

/** Somebody about to ask, and the ids of what comes of it. */
async function asker() {
  const actor = await person();
  const input = message();
  const operationId = `${actor.user.id}:${input.idempotencyKey}`;
  return { actor, input, operationId, answerId: `m_${shortHash(operationId)}` };
}

/** An operation once what was settled of it is closed. */
async function closedOperation(id: string) {
  await closeNow();
  return Operation.findById(id).lean();
}

/** What happens on the way to the database when the question is written down. */
function onQuestion(before: () => Promise<void>) {
  const { insertMany } = Message.collection;
  vi.spyOn(Message.collection, "insertMany").mockImplementation(async (...command) => {
    await before();
    return Reflect.apply(insertMany, Message.collection, command);
  });
}

/** Keeps the question from being written down until the returned function is called. */
function keepQuestionBack(): () => void {
  let write: () => void = () => undefined;
  const written = new Promise<void>((resolve) => {
    write = resolve;
  });
  onQuestion(() => written);
  return () => write();
}

/** What happens on the way to the database when the operation is marked as held. */
function onHeld({ before, after }: { before?: () => Promise<void>; after?: () => Promise<void> }) {
  const { updateOne } = Operation.collection;
  vi.spyOn(Operation.collection, "updateOne").mockImplementation(async (...command) => {
    const marksHeld = JSON.stringify(command[1]).includes('"state":"HELD"');
    if (marksHeld) await before?.();
    const result = await Reflect.apply(updateOne, Operation.collection, command);
    if (marksHeld) await after?.();
    return result;
  });
}

test("while the question is being written down the provider is asked, and nothing is shown", async () => {
  const { actor, input, answerId } = await asker();
  const write = keepQuestionBack();
  let isFollowed = false;
  const sent = sendMessage(actor, input, never()).then((events) => {
    isFollowed = true;
    return events;
  });
  await eventually(async () => expect(sandbox().requests("gemini")).toMatchObject([{ completed: true }]));
  await sleep(100);
  expect(isFollowed).toBe(false);
  expect(answers.find(answerId)?.state).toEqual({ text: "" });
  write();
  expect(the(await collect(await sent), "done")).toMatchObject({ charged: 1 });
  expect(await bookProblems(actor.user.id)).toEqual([]);
});

test("a question that cannot be written down is refused once its credits are back, and its provider is left", async () => {
  sandbox().fail("gemini", { kind: "hang" });
  const { actor, input, operationId, answerId } = await asker();
  const lost = new AppError("SERVICE_UNAVAILABLE");
  onQuestion(async () => {
    await eventually(async () => expect(sandbox().requests("gemini")).toHaveLength(1));
    throw lost;
  });
  await expect(sendMessage(actor, input, never())).rejects.toBe(lost);
  expect(await getBalance(actor.user.id)).toEqual(untouched);
  const operation = await closedOperation(operationId);
  expect(operation).toMatchObject({ state: "FAILED", settled: true, errorCode: lost.code });
  expect(answers.find(answerId)).toBeUndefined();
  await eventually(async () => expect(sandbox().requests("gemini")).toMatchObject([{ closedByClient: true }]));
  expect(sandbox().requests("openai")).toEqual([]);
  expect(await bookProblems(actor.user.id)).toEqual([]);
});

test("its failure is written down after it was marked as held, however long the word of that takes", async () => {
  const { actor, input, operationId } = await asker();
  onQuestion(async () => {
    throw new Error("the network is gone");
  });
  onHeld({ after: () => sleep(200) });
  await expect(sendMessage(actor, input, never())).rejects.toThrow("the network is gone");
  const ended = { state: "FAILED", settled: true, errorCode: "INTERNAL" };
  expect(await closedOperation(operationId)).toMatchObject(ended);
  expect(await getBalance(actor.user.id)).toEqual(untouched);
});

test("an operation that was given up elsewhere before it was marked as held is refused, and costs nothing", async () => {
  const { actor, input, operationId } = await asker();
  onHeld({
    before: async () => {
      await Operation.findOneAndUpdate({ _id: operationId }, { leaseUntil: new Date(0) });
      const operation = await Operation.findById(operationId).orFail().lean();
      await finishOverdue(operation, new Date(), logger);
    },
  });
  await expect(sendMessage(actor, input, never())).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(await Operation.findById(operationId).lean()).toMatchObject({ state: "EXPIRED" });
  expect(await getBalance(actor.user.id)).toEqual(untouched);
  expect(await bookProblems(actor.user.id)).toEqual([]);
});

/** Somebody about to ask what was answered before. */
async function knowingAsker() {
  const content = `Asked before ${newKey()}`;
  const known = textOf(await collect(await sendMessage(await person(), message({ content }), never())));
  const actor = await person();
  const input = message({ content });
  return { actor, input, known, operationId: `${actor.user.id}:${input.idempotencyKey}` };
}

test("a known answer is shown while it is being written down, and final only then", async () => {
  const { actor, input, known } = await knowingAsker();
  const write = keepQuestionBack();
  const seen: ChatEvent[] = [];
  const events = await sendMessage(actor, input, never());
  const read = (async () => {
    for await (const event of events) seen.push(event);
  })();
  await eventually(async () => expect(textOf(seen)).toBe(known));
  await sleep(100);
  expect(seen.at(-1)?.type).toBe("delta");
  write();
  await read;
  expect(the(seen, "done")).toMatchObject({ cached: true, charged: 0, message: { content: known } });
});

test("a known answer that cannot be written down is said to be lost, and its operation ends there", async () => {
  const { actor, input, operationId } = await knowingAsker();
  onQuestion(async () => {
    throw new Error("the network is gone");
  });
  const events = await collect(await sendMessage(actor, input, never()));
  expect(events.at(-1)).toMatchObject({ type: "error", code: "INTERNAL", requestId: actor.requestId });
  const operation = await Operation.findById(operationId).lean();
  expect(operation).toMatchObject({ state: "FAILED", settled: true, errorCode: "INTERNAL" });
  expect(sandbox().requests("gemini")).toHaveLength(1);
  expect(await getBalance(actor.user.id)).toEqual(untouched);
  expect(await bookProblems(actor.user.id)).toEqual([]);
});
