import { Account, Generation, Image, Message, Operation } from "@models";
import { beforeEach, expect, test, vi } from "vitest";
import { logger } from "@/server/lib/logger";
import { followAnswer } from "@/server/services/chat/follow-answer";
import { getBalance } from "@/server/services/credits/get-balance";
import { sweepOperations } from "@/server/services/sweep/sweep-operations";
import { bookProblems, generate, never, person, sandbox, send, the } from "../../../../tests/studio";

beforeEach(() => sandbox().reset());

/** The database goes away in the moment after the decision, once. */
const loseTheDatabase = () =>
  vi.spyOn(Account, "settleHold").mockRejectedValueOnce(new Error("connection to the database lost"));

async function sweepLater(userId: string) {
  await Operation.updateOne({ userId }, { $set: { leaseUntil: new Date(0) } });
  await sweepOperations(logger);
  expect(await getBalance(userId)).toEqual({ available: 9, held: 0, owed: 0 });
  expect(await bookProblems(userId)).toEqual([]);
}

test("a failure after an answer was decided says nothing of the charge, and the answer stands and is paid for", async () => {
  loseTheDatabase();
  const actor = await person();
  const events = await send(actor);
  // Whoever still follows hears of the trouble, whoever looks a moment later sees the outcome; both must be true.
  expect(JSON.stringify(events.at(-1))).not.toMatch(/nothing was charged/i);
  await sweepLater(actor.user.id);
  const message = await Message.findById(the(events, "start").messageId).lean();
  expect(message).toMatchObject({ status: "complete", charged: 1 });
  expect(message?.errorCode).toBeUndefined();
});

test("the same for images: they stay delivered", async () => {
  loseTheDatabase();
  const actor = await person();
  const events = await generate(actor);
  // Whoever still follows hears of the trouble, whoever looks a moment later sees the outcome; both must be true.
  expect(JSON.stringify(events.at(-1))).not.toMatch(/nothing was charged/i);
  await sweepLater(actor.user.id);
  const { generationId } = the(events, "start");
  const generation = await Generation.findById(generationId).lean();
  expect(generation).toMatchObject({ status: "complete", charged: 1 });
  expect(generation?.errorCode).toBeUndefined();
  expect(await Image.countDocuments({ generationId, published: true })).toBe(1);
});

test("a database that goes away while a reader follows is named, without a word about the charge", async () => {
  const { user } = await person();
  const gone = Object.assign(new Error("write ECONNRESET"), { syscall: "write" });
  vi.spyOn(Message, "findOne").mockImplementationOnce(() => {
    throw gone;
  });
  const following = followAnswer({ userId: user.id, messageId: "m_elsewhere", from: 0, signal: never() });
  const failure = await following.next().catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "SERVICE_UNAVAILABLE", cause: gone });
  expect(String(failure)).not.toMatch(/nothing was charged/i);
});
