import { expect, test } from "@playwright/test";
import { RedisServer } from "../tests/redis-server";
import { bookProblems, isSettled, readBooks } from "./fixtures/books";
import { newQuestion } from "./fixtures/chat";
import { DatabaseServer } from "./fixtures/database-server";
import { askAndFollow, codeOf, FollowedAnswer } from "./fixtures/followed-answer";
import { Instance } from "./fixtures/instance";
import { resumeAnswer } from "./fixtures/resume-answer";
import { SandboxControl } from "./fixtures/sandbox";
import { newVisitors, type Visitor } from "./fixtures/visitors";

// One pair for all of them, one after the other: each asks and looks at people of its own.
test.describe.configure({ mode: "default", timeout: 60_000 });

/** How soon whoever asked for something at one instance sees it happen at the other. */
const CROSSED_MS = 2_000;
/** Half the limits as shipped: an administrator, which all these people are, may then ask 60 times a minute. */
const LIMIT_SCALE = 0.5;
const BURST = 60;

let database: DatabaseServer;
let redis: RedisServer;
let a: Instance;
let b: Instance;
let visitors: Visitor[];
let sandbox: SandboxControl;

test.beforeAll(async () => {
  [database, redis] = await Promise.all([DatabaseServer.start(), RedisServer.create()]);
  a = await Instance.start({
    E2E_MONGODB_URI: database.address,
    E2E_REDIS_URL: redis.url,
    E2E_LIMIT_SCALE: String(LIMIT_SCALE),
    SIGN_UP_BONUS: "1",
    LEASE_MS: "2000",
    LEASE_HEARTBEAT_MS: "400",
    SWEEP_MS: "300",
    DRAIN_MS: "3000",
  });
  b = await a.startSecond();
  visitors = await newVisitors(a, database, 30);
});

test.beforeEach(async ({ request }) => {
  sandbox = new SandboxControl(request, a.sandboxAddress);
  await sandbox.setPace({ msPerToken: 2, firstTokenMs: 100 });
});

test.afterAll(async () => {
  await b?.dispose();
  await a?.dispose();
  await redis?.remove();
  await database?.stop();
});

/** Somebody with a single credit who has not done anything yet. */
function newcomer(): Visitor {
  const visitor = visitors.pop();
  if (!visitor) throw new Error("Everybody has had a turn.");
  return visitor;
}

/** A question whose answer comes slowly, piece by piece, so that a lot can happen meanwhile. */
async function slowQuestion(gapMs: number): Promise<string> {
  const question = newQuestion("sandbox: long");
  await sandbox.fail("gemini", { kind: "slow", delayMs: gapMs, body: question });
  return question;
}

const requestsFor = async (question: string) =>
  (await sandbox.requests("gemini")).filter(({ body }) =>
    // What an instance asks when it starts has none.
    JSON.stringify(body ?? null).includes(question),
  );

const messageOf = async ({ apiAt }: Visitor, { ids }: FollowedAnswer) => {
  const { messages } = await apiAt(b.address).chat.get.query({ conversationId: ids.conversationId });
  return messages.find(({ id }) => id === ids.messageId);
};

/** Waits until nothing of theirs is under way, and expects right books with so much to spend and nothing held. */
async function expectBalance(people: Visitor[], available: number[]): Promise<void> {
  const booksOf = async () => {
    const books = await readBooks(database.address);
    return people.flatMap(({ userId }) => books.get(userId) ?? []);
  };
  await expect.poll(async () => (await booksOf()).every(isSettled), { intervals: [100] }).toBe(true);
  const books = await booksOf();
  expect(books.flatMap(bookProblems)).toEqual([]);
  expect(books.map(({ account }) => [account.available, account.held])).toEqual(
    available.map((credits) => [credits, 0]),
  );
}

test("50 questions at once with one credit, over both: one is answered, the others are refused", async () => {
  const visitor = newcomer();
  const answers = Array.from({ length: 50 }, (_, index) =>
    askAndFollow(visitor.apiAt(index % 2 ? a.address : b.address), newQuestion(`Number ${index}`)),
  );
  await Promise.all(answers.map(({ ended }) => ended));
  const outcomes = answers.map(({ outcome }) => outcome);
  expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome === "INSUFFICIENT_CREDITS")).toHaveLength(49);
  await expectBalance([visitor], [0]);
});

test("20 people ask the same at once, over both: the provider is asked once, and one of them pays", async () => {
  const people = Array.from({ length: 20 }, newcomer);
  const question = newQuestion("What does everybody ask?");
  const answers = people.map(({ apiAt }, index) => askAndFollow(apiAt(index % 2 ? a.address : b.address), question));
  await Promise.all(answers.map(({ ended }) => ended));
  expect(await requestsFor(question)).toHaveLength(1);
  const delivered = answers.map(({ done }) => done);
  const text = delivered[0]?.message.content;
  expect(text).toContain(question);
  expect(delivered.map((done) => done?.message)).toEqual(
    people.map(() => expect.objectContaining({ status: "complete", content: text })),
  );
  expect(answers.map((answer) => answer.text)).toEqual(people.map(() => text));
  const paying = delivered.filter((done) => done?.charged === 1 && !done.cached);
  const free = delivered.filter((done) => done?.charged === 0 && done.cached);
  expect([paying.length, free.length]).toEqual([1, 19]);
  await expectBalance(
    people,
    delivered.map((done) => 1 - (done?.charged ?? 0)),
  );
});

test("an answer that runs at one instance is stopped at the other, and the provider is let go", async () => {
  const visitor = newcomer();
  const question = await slowQuestion(100);
  const answer = askAndFollow(visitor.apiAt(a.address), question);
  await answer.untilText();
  const stoppedAt = Date.now();
  expect(await visitor.apiAt(b.address).chat.stop.mutate({ messageId: answer.ids.messageId })).toEqual({
    stopped: true,
  });
  await answer.ended;
  expect(Date.now() - stoppedAt).toBeLessThan(CROSSED_MS);
  expect(answer.done).toMatchObject({ charged: 1, message: { status: "stopped", content: answer.text, charged: 1 } });
  const hungUp = async () => (await requestsFor(question)).map(({ closedByClient }) => closedByClient);
  await expect.poll(hungUp, { intervals: [50], timeout: stoppedAt + CROSSED_MS - Date.now() }).toEqual([true]);
  await expectBalance([visitor], [0]);
});

test("an answer that runs at one instance is read at the other while it is written", async () => {
  const visitor = newcomer();
  const answer = askAndFollow(visitor.apiAt(a.address), await slowQuestion(15));
  await answer.untilText();
  const resumed = new FollowedAnswer(resumeAnswer(b.address, visitor.cookie, answer.ids.messageId));
  const pieces = () => resumed.pieces;
  // Ten times a second when it comes through Redis; by the checkpoints alone it would be once.
  await expect.poll(pieces, { intervals: [20] }).toBeGreaterThan(1);
  const [before, beganAt] = [resumed.pieces, Date.now()];
  await expect.poll(pieces, { intervals: [20] }).toBeGreaterThanOrEqual(before + 10);
  expect(Date.now() - beganAt).toBeLessThan(3_000);
  expect(answer.done).toBeUndefined();
  await Promise.all([answer.ended, resumed.ended]);
  expect(answer.done?.message.content).toBe(answer.text);
  expect(resumed.text).toBe(answer.text);
  expect(resumed.done).toEqual(answer.done);
  await expectBalance([visitor], [0]);
});

test("an instance that is lost in the middle of an answer is cleaned up after by the other", async () => {
  const visitor = newcomer();
  const answer = askAndFollow(visitor.apiAt(a.address), await slowQuestion(100));
  await answer.untilText();
  const kept = async () => (await messageOf(visitor, answer))?.content.length;
  await expect.poll(kept, { intervals: [50] }).toBeGreaterThan(0);
  const resumed = new FollowedAnswer(resumeAnswer(b.address, visitor.cookie, answer.ids.messageId));
  await resumed.untilText();
  a.loseApp();
  try {
    await Promise.all([answer.ended, resumed.ended]);
    expect(answer.outcome).toBe("no answer");
    expect(resumed.events.at(-1)).toMatchObject({ type: "error", code: "SERVICE_UNAVAILABLE", partial: true });
    await expectBalance([visitor], [1]);
    const message = await messageOf(visitor, answer);
    expect(message).toMatchObject({ status: "interrupted", charged: 0 });
    // What was read last may not have been written down any more, but nothing else is missing.
    const [shorter = "", longer = ""] = [message?.content ?? "", answer.text].sort((x, y) => x.length - y.length);
    expect(shorter).not.toBe("");
    expect(longer.startsWith(shorter)).toBe(true);
    expect(await a.status()).toBeUndefined();
  } finally {
    await a.restore();
  }
});

test("how fast one may ask is counted over both", async () => {
  const visitor = newcomer();
  const beganAt = Date.now();
  // Refused for their input, these cost a token each and no credit.
  const refusals = await Promise.all(
    Array.from({ length: 100 }, (_, index) => askAndFollow(visitor.apiAt(index % 2 ? a.address : b.address), " ")).map(
      async (answer) => {
        await answer.ended;
        return codeOf(answer.failure);
      },
    ),
  );
  const heard = refusals.filter((code) => code === "VALIDATION").length;
  expect(heard).toBeGreaterThanOrEqual(BURST);
  // One more every second.
  expect(heard).toBeLessThanOrEqual(BURST + Math.ceil((Date.now() - beganAt) / 1_000));
  expect(refusals.filter((code) => code === "RATE_LIMITED")).toHaveLength(100 - heard);
  await expectBalance([visitor], [1]);
});

test("an answer whose reader leaves is finished, paid for once, and there at the other instance", async () => {
  const visitor = newcomer();
  const question = await slowQuestion(10);
  const leave = new AbortController();
  const answer = askAndFollow(visitor.apiAt(a.address), question, leave.signal);
  await answer.untilText();
  leave.abort();
  await answer.ended;
  const shown = async () => (await messageOf(visitor, answer))?.status;
  expect(await shown()).toBe("streaming");
  await expect.poll(shown, { intervals: [100] }).toBe("complete");
  const message = await messageOf(visitor, answer);
  expect(message).toMatchObject({ charged: 1, cached: false });
  expect(message?.content.length).toBeGreaterThan(answer.text.length);
  expect(await requestsFor(question)).toMatchObject([{ completed: true, closedByClient: false }]);
  await expectBalance([visitor], [0]);
});
