import { Account, LedgerEntry, Operation, RequestEvent, User } from "@models";
import mongoose from "mongoose";
import { beforeAll, expect, test } from "vitest";
import { searchTerms } from "@/server/lib/search-terms";
import { listUsers } from "@/server/services/admin/list-users";
import { usersInput } from "@/shared/admin";
import { STEPS } from "@/shared/overview";
import { countFigures } from "./count-figures";
import { readOverview } from "./get-overview";
import { DAY_MS, later } from "./spans";

const USERS = 100_000;
const USES = 450_000;
const EVENTS = 2_000_000;
/** Uses whose operation is there too; the others only fill the ledger. */
const OPERATIONS = 150_000;
const WELCOME = 10;
const BATCH = 5_000;
const SEARCHES = 100;

const now = new Date();
/** Even steps through so many days that end now. */
const spread = (number: number, of: number, days: number) => later(now, -((of - number) / of) * days * DAY_MS);
const padded = (number: number) => String(number).padStart(9, "0");

function userOf(number: number) {
  const [first, last] = [`first${number % 500}`, `last${number % 9_000}`];
  const email = `${first}.${last}.${number}@example.org`;
  return {
    _id: `user${padded(number)}`,
    email,
    name: `${first} ${last}`,
    terms: searchTerms(`${email} ${first} ${last}`),
    passwordHash: "x".repeat(97),
    role: "USER" as const,
    status: "active" as const,
    sessionVersion: 1,
    createdAt: spread(number, USERS, 89),
    // Most of them were here within the month.
    lastSeenAt: spread((number * 7_919) % USERS, USERS, 45),
  };
}

/** Everybody has used a few of their credits, and nobody more than they had. */
const spentBy = (number: number) => Math.floor((USES - number - 1) / USERS) + 1;

function accountOf(number: number) {
  const spent = spentBy(number);
  return {
    _id: `user${padded(number)}`,
    available: WELCOME - spent,
    held: 0,
    owed: 0,
    rev: 1 + 2 * spent,
    holds: [],
    closed: [],
    applied: ["sign-up-bonus"],
    outbox: [],
  };
}

const entry = { deltaHeld: 0, deltaOwed: 0, reason: "A use" };

const welcomeOf = (number: number) => ({
  ...entry,
  _id: `sign-up-bonus:user${padded(number)}:GRANT`,
  userId: `user${padded(number)}`,
  type: "GRANT" as const,
  deltaAvailable: WELCOME,
  ref: "sign-up-bonus",
  requestId: `welcome${padded(number)}`,
  at: spread(number, USERS, 89),
});

function entriesOf(use: number) {
  const [op, at] = [`op${padded(use)}`, spread(use, USES, 89)];
  const common = { ...entry, userId: `user${padded(use % USERS)}`, ref: op, requestId: `use${padded(use)}`, at };
  return [
    { ...common, _id: `${op}:HOLD`, type: "HOLD" as const, deltaAvailable: -1, deltaHeld: 1 },
    { ...common, _id: `${op}:CAPTURE`, type: "CAPTURE" as const, deltaAvailable: 0, deltaHeld: -1 },
  ];
}

function operationOf(number: number) {
  const createdAt = spread(number, OPERATIONS, 89);
  return {
    _id: `op${padded(number)}`,
    op: `op${padded(number)}`,
    userId: `user${padded((number * 3) % USERS)}`,
    requestHash: "hash",
    kind: "chat" as const,
    amount: 1,
    cost: 1,
    outcome: "complete" as const,
    holdBy: createdAt,
    leaseUntil: createdAt,
    owner: "nobody",
    state: "DONE" as const,
    settled: true,
    result: {},
    firstTokenMs: 100 + (number % 900),
    requestId: `use${padded(number)}`,
    createdAt,
  };
}

const eventOf = (number: number) => ({
  _id: `event${padded(number)}`,
  requestId: `use${padded(Math.floor(number / 5))}`,
  at: spread(number, EVENTS, 29),
  level: "info" as const,
  event: "answer",
  fields: { outcome: "complete", charged: 1 },
});

async function fill<T>(count: number, make: (number: number) => T, insert: (some: T[]) => Promise<unknown>) {
  for (let start = 0; start < count; start += BATCH) {
    await insert(Array.from({ length: Math.min(BATCH, count - start) }, (_, index) => make(start + index)));
  }
}

const FAST = { lean: true, ordered: false } as const;
const seconds = (since: number) => `${((performance.now() - since) / 1_000).toFixed(1)} s`;

beforeAll(async () => {
  const startedAt = performance.now();
  await fill(USERS, userOf, (some) => User.insertMany(some, FAST));
  await fill(USERS, accountOf, (some) => Account.insertMany(some, FAST));
  await fill(USERS, welcomeOf, (some) => LedgerEntry.insertMany(some, FAST));
  await fill(USES, entriesOf, (some) => LedgerEntry.insertMany(some.flat(), FAST));
  await fill(OPERATIONS, operationOf, (some) => Operation.insertMany(some, FAST));
  await fill(EVENTS, eventOf, (some) => RequestEvent.insertMany(some, FAST));
  const filledAt = performance.now();
  while ((await countFigures()) > 0);
  console.info(`filled in ${seconds(startedAt)}, of which the figures of 90 days took ${seconds(filledAt)}`);
}, 3_600_000);

interface Asked {
  collection: string;
  method: string;
  args: unknown[];
}

/** What a piece of work asks the database. */
async function questionsOf(work: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  mongoose.set("debug", (collection, method, ...args) => asked.push({ collection, method, args }));
  try {
    await work();
  } finally {
    mongoose.set("debug", false);
  }
  return asked;
}

/** The same question as the database explains it; undefined for how large a collection is, which nothing is read for. */
function toExplain({ collection, method, args: [first, options] }: Asked): object | undefined {
  if (method === "estimatedDocumentCount") return undefined;
  if (method === "aggregate") return { aggregate: collection, pipeline: first, cursor: {} };
  if (method === "countDocuments") return { count: collection, query: first };
  const { sort, limit } = Object(options);
  return { find: collection, filter: first, ...(sort && { sort }), ...(limit && { limit }) };
}

async function scansOf(work: () => Promise<unknown>): Promise<string[]> {
  const asked = await questionsOf(work);
  expect(asked.length).toBeGreaterThan(0);
  const scans: string[] = [];
  for (const question of asked) {
    const explain = toExplain(question);
    const told = explain && (await mongoose.connection.db?.command({ explain, verbosity: "queryPlanner" }));
    if (JSON.stringify(told ?? {}).includes("COLLSCAN")) scans.push(JSON.stringify(question));
  }
  return scans;
}

test("the overview opens within a second, by hour, day and week", async () => {
  for (const by of STEPS) {
    const startedAt = performance.now();
    const { now: today, total, catchingUp } = await readOverview(by);
    const ms = Math.round(performance.now() - startedAt);
    console.info(`overview by ${by}: ${ms} ms`);
    expect(catchingUp).toBe(false);
    expect(today).toMatchObject({ users: USERS, available: USERS * WELCOME - USES, held: 0, owed: 0 });
    if (by !== "hour") expect(total).toMatchObject({ newUsers: USERS, creditsUsed: USES, answers: OPERATIONS });
    expect(ms).toBeLessThan(1_000);
  }
});

test("a search among the users answers within 150 ms (p95)", async () => {
  const times: number[] = [];
  for (let number = 0; number < SEARCHES; number += 1) {
    const query = [`first${number}`, `last${number} exa`, `first1${number % 10} last${number}`, userOf(number).email];
    const startedAt = performance.now();
    await listUsers(usersInput.parse({ query: query[number % query.length] }));
    times.push(performance.now() - startedAt);
  }
  const p95 = times.sort((one, other) => one - other)[Math.floor(SEARCHES * 0.95)] ?? 0;
  console.info(`searches among ${USERS} users: p95 ${Math.round(p95)} ms`);
  expect(p95).toBeLessThan(150);
});

test("no question of either reads a whole collection", async () => {
  for (const by of STEPS) expect(await scansOf(() => readOverview(by))).toEqual([]);
  expect(await scansOf(() => listUsers(usersInput.parse({ query: "first7" })))).toEqual([]);
});
