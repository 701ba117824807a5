import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { RedisServer } from "../tests/redis-server";
import { signInFailure } from "./fixtures/api";
import { bookProblems, isSettled, readBooks } from "./fixtures/books";
import { newQuestion } from "./fixtures/chat";
import { ConstantLoad, type Sample } from "./fixtures/constant-load";
import { DatabaseServer } from "./fixtures/database-server";
import { FaultyWire, type WireFault } from "./fixtures/faulty-wire";
import { askAndFollow, codeOf, type FollowedAnswer } from "./fixtures/followed-answer";
import { Instance } from "./fixtures/instance";
import { SandboxControl } from "./fixtures/sandbox";
import { newVisitors, type Visitor } from "./fixtures/visitors";

// One instance for all of them, one after the other: it is to come through all of it without a restart.
test.describe.configure({ mode: "default", timeout: 180_000 });

const AWAY_MS = 30_000;
/** How soon somebody is told that something cannot be had just now. */
const REFUSED_MS = 3_000;
/** How soon the load balancer learns that the database is away. */
const UNREADY_MS = 6_000;
/** The longest anybody is kept waiting while the database is away. */
const LONGEST_MS = 20_000;
/** How soon all is well again once the fault is mended. */
const RECOVERED_MS = 10_000;
const WARM_UP_MS = 15_000;
/** What the app may have put on in the meantime, in megabytes. */
const GAIN_MB = 100;
/** What people may be told while the database is away. */
const TOLD = ["ok", "cut off", "SERVICE_UNAVAILABLE"];
/** Four requests a second that wait for as long as they may, and a few to spare. */
const PENDING_MAX = (LONGEST_MS / 1_000) * 4 + 10;
/** What the driver keeps at most, and what it watches the server with. */
const CONNECTIONS_MAX = 110;

let database: DatabaseServer;
let redis: RedisServer;
let databaseWire: FaultyWire;
let redisWire: FaultyWire;
let instance: Instance;
let visitors: Visitor[];
let sandbox: SandboxControl;
let load: ConstantLoad;

test.beforeAll(async () => {
  [database, redis] = await Promise.all([DatabaseServer.start(), RedisServer.create()]);
  [databaseWire, redisWire] = await Promise.all([FaultyWire.to(database.address), FaultyWire.to(redis.url)]);
  instance = await Instance.start({
    E2E_MONGODB_URI: databaseWire.address,
    E2E_REDIS_URL: redisWire.address,
    SIGN_UP_BONUS: "1000",
    LEASE_MS: "3000",
    LEASE_HEARTBEAT_MS: "500",
    SWEEP_MS: "500",
    DRAIN_MS: "3000",
  });
  visitors = await newVisitors(instance, database, 8);
  // What is used for the first time takes longer, whatever is away; one more person does so for the others.
  const [first] = await newVisitors(instance, database, 1);
  // And an app that has just started puts on memory as it learns its work.
  const warmUp = new ConstantLoad(visitors);
  for (const until = Date.now() + WARM_UP_MS; first && Date.now() < until; await sleep(200)) await tryEverything(first);
  await warmUp.stop();
});

test.beforeEach(async ({ request }) => {
  sandbox = new SandboxControl(request, instance.sandboxAddress);
  await sandbox.setPace({ msPerToken: 2, firstTokenMs: 50, imageMs: 50 });
});

test.afterEach(async () => {
  databaseWire.heal();
  redisWire.heal();
  await load.stop();
});

test.afterAll(async () => {
  await instance?.dispose();
  await Promise.all([databaseWire?.close(), redisWire?.close()]);
  await redis?.remove();
  await database?.stop();
});

/** Answers that are under way when the fault begins, and last for about as long as it does. */
async function runningAnswers(awayMs: number): Promise<FollowedAnswer[]> {
  const question = newQuestion("sandbox: long");
  await sandbox.fail("gemini", { kind: "slow", delayMs: Math.round(awayMs / 200), times: 2, body: question });
  const answers = visitors.slice(0, 2).map(({ api }, index) => askAndFollow(api, `${question} ${index}`));
  await Promise.all(answers.map((answer) => answer.untilText()));
  return answers;
}

/** A page or a check as a browser gets it: its status, its text, and after how long. */
async function get(path: string, cookie = ""): Promise<{ status: number; text: string; ms: number }> {
  const beganAt = Date.now();
  const reply = await fetch(`${instance.address}${path}`, { headers: { cookie, accept: "text/html" } });
  return { status: reply.status, text: await reply.text(), ms: Date.now() - beganAt };
}

/** How an attempt ended, in a word, and after how long. @param tell what is made of one that was not refused */
async function attempt<T>(action: Promise<T>, tell: (answer: T) => string = () => "ok") {
  const beganAt = Date.now();
  const outcome = await action.then(tell, codeOf);
  return { outcome, ms: Date.now() - beganAt };
}

/** What needs Redis, what does not, and the checks, all at once, as one person has it. */
async function tryEverything({ api, cookie }: Visitor) {
  const key = () => ({ idempotencyKey: randomUUID() });
  const [limited, going, checks] = await Promise.all([
    Promise.all([
      attempt(api.chat.send.mutate({ content: newQuestion("Hello?"), ...key() })),
      attempt(api.image.generate.mutate({ prompt: "A lamp", aspectRatio: "1:1", count: 1, ...key() })),
      attempt(api.payments.createOrder.mutate({ packId: "10", ...key() })),
      attempt(signInFailure(instance.address), String),
    ]),
    Promise.all([attempt(api.chat.list.query({})), attempt(api.credits.balance.query())]),
    Promise.all([get("/api/health/live"), get("/api/health/ready"), get("/chat", cookie)]),
  ]);
  return { limited, going, checks };
}

/** Mends the wire, and says how long it took until the app was ready and answered a question. */
async function recover(wire: FaultyWire, [visitor]: Visitor[]): Promise<number> {
  const healedAt = Date.now();
  wire.heal();
  const answered = async () => {
    if (!visitor || (await instance.status()) !== 200) return "not ready";
    const answer = askAndFollow(visitor.api, newQuestion("Are you back?"));
    await answer.ended;
    return answer.outcome;
  };
  await expect.poll(answered, { intervals: [100], timeout: RECOVERED_MS }).toBe("done");
  return Date.now() - healedAt;
}

/** Waits until nothing is under way, and expects that everybody has paid for what they got, and for nothing else. */
async function expectFairBooks(): Promise<void> {
  const booksOf = async () => {
    const books = await readBooks(database.address);
    return visitors.flatMap(({ userId }) => books.get(userId) ?? []);
  };
  await expect.poll(async () => (await booksOf()).every(isSettled), { intervals: [200], timeout: 20_000 }).toBe(true);
  for (const books of await booksOf()) {
    expect(bookProblems(books)).toEqual([]);
    expect(books.account.held).toBe(0);
  }
  for (const { api } of visitors) {
    const { items } = await api.chat.list.query({ limit: 50 });
    const threads = await Promise.all(items.map(({ id }) => api.chat.get.query({ conversationId: id })));
    const answers = threads.flatMap(({ messages }) => messages.filter(({ role }) => role === "assistant"));
    for (const { status, charged = 0, cached = false } of answers) {
      expect([status, charged]).toEqual([status, status === "complete" && !cached ? 1 : 0]);
      expect(["complete", "interrupted", "failed"]).toContain(status);
    }
  }
}

/** For people who run this to see the numbers. */
const note = (numbers: object) => console.log(JSON.stringify({ test: test.info().title, ...numbers }));

const longest = (samples: Sample[]) => Math.max(0, ...samples.map(({ ms }) => ms));

const outcomes = (samples: Sample[]) => {
  const counts = new Map<string, number>();
  for (const { what, outcome } of samples) {
    counts.set(`${what} ${outcome}`, (counts.get(`${what} ${outcome}`) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
};

const faults: { does: string; fault: WireFault; awayMs: number }[] = [
  { does: "answers nothing", fault: { blackHole: true }, awayMs: AWAY_MS },
  { does: "is not there", fault: { refuse: true }, awayMs: AWAY_MS / 2 },
];

for (const { does, fault, awayMs } of faults) {
  test(`Redis ${does}: what needs it is refused at once, all else goes on, and it comes back by itself`, async () => {
    const [visitor] = visitors;
    if (!visitor) throw new Error("Nobody came.");
    const [pid, memory] = [instance.appPid, instance.appMemory];
    load = new ConstantLoad(visitors);
    const running = await runningAnswers(awayMs);
    const awayAt = Date.now();
    redisWire.behave(fault);

    let slowest = 0;
    while (Date.now() - awayAt < awayMs) {
      const { limited, going, checks } = await tryEverything(visitor);
      expect(limited.map(({ outcome }) => outcome)).toEqual(limited.map(() => "SERVICE_UNAVAILABLE"));
      expect(going.map(({ outcome }) => outcome)).toEqual(going.map(() => "ok"));
      expect(checks.map(({ status }) => status)).toEqual(checks.map(() => 200));
      slowest = Math.max(slowest, ...[...limited, ...going, ...checks].map(({ ms }) => ms));
      await sleep(200);
    }
    expect(slowest).toBeLessThan(REFUSED_MS);
    const meanwhile = instance.appMemory;
    const recoveredMs = await recover(redisWire, visitors);
    await Promise.all([load.stop(), ...running.map(({ ended }) => ended)]);
    for (const answer of running) {
      expect(answer.done).toMatchObject({ charged: 1, message: { status: "complete", content: answer.text } });
    }
    await expectFairBooks();
    const { samples, mostPending } = load;
    note({
      memory,
      meanwhile,
      after: instance.appMemory,
      recoveredMs,
      mostPending,
      slowest,
      longest: longest(samples),
      outcomes: outcomes(samples),
    });
    expect(samples.filter(({ what, outcome }) => what === "read" && outcome !== "ok")).toEqual([]);
    expect(instance.appPid).toBe(pid);
    expect(instance.appMemory).toBeLessThan(memory + GAIN_MB);
  });

  test(`MongoDB ${does}: nobody waits for long, nothing piles up, and it comes back by itself`, async ({
    page,
    context,
  }) => {
    const [visitor] = visitors;
    if (!visitor) throw new Error("Nobody came.");
    const [pid, memory] = [instance.appPid, instance.appMemory];
    load = new ConstantLoad(visitors);
    const running = await runningAnswers(awayMs);
    const awayAt = Date.now();
    databaseWire.behave(fault);

    let connections = 0;
    const watch = setInterval(() => {
      connections = Math.max(connections, databaseWire.connections);
    }, 50);
    const [name = "", value = ""] = visitor.cookie.split("=");
    await context.addCookies([{ name, value, url: instance.address }]);
    const shown = page.goto(`${instance.address}/chat`, { timeout: 30_000 });
    const checks: { status: number; ms: number }[] = [];
    while (Date.now() - awayAt < awayMs) {
      const live = await get("/api/health/live");
      expect(live.status).toBe(200);
      expect(live.ms).toBeLessThan(REFUSED_MS);
      const ready = await get("/api/health/ready");
      expect(ready.status).toBe(503);
      checks.push(ready);
      await sleep(200);
    }
    const meanwhile = instance.appMemory;
    const recoveredMs = await recover(databaseWire, visitors);
    await Promise.all([load.stop(), ...running.map(({ ended }) => ended)]);
    clearInterval(watch);
    expect((await shown)?.status()).toBe(500);
    await expect(page.getByRole("heading", { name: "This page spilled" })).toBeVisible();
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("textbox", { name: "Your message" })).toBeVisible();
    await expectFairBooks();
    const { samples, mostPending } = load;
    note({
      memory,
      meanwhile,
      after: instance.appMemory,
      recoveredMs,
      mostPending,
      connections,
      longest: longest(samples),
      readyMs: Math.max(...checks.map(({ ms }) => ms)),
      running: running.map((answer) => answer.outcome),
      outcomes: outcomes(samples),
    });
    expect(Math.max(...checks.map(({ ms }) => ms))).toBeLessThan(UNREADY_MS);
    expect(samples.map(({ outcome }) => outcome).filter((outcome) => !TOLD.includes(outcome))).toEqual([]);
    expect(longest(samples)).toBeLessThan(LONGEST_MS);
    expect(mostPending).toBeLessThan(PENDING_MAX);
    expect(connections).toBeLessThan(CONNECTIONS_MAX);
    expect(instance.appPid).toBe(pid);
    expect(instance.appMemory).toBeLessThan(memory + GAIN_MB);
  });
}
