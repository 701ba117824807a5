import { Account, Image, LedgerEntry, Operation, ProviderCall, Purchase, Rollup } from "@models";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { env } from "@/env";
import type { Actor } from "@/server/lib/actor";
import { newId, newRequestId } from "@/server/lib/ids";
import { adjustCredits } from "@/server/services/credits/adjust-credits";
import { closeNow } from "@/server/services/credits/close-settled";
import { drainOutbox } from "@/server/services/credits/drain-outbox";
import { holdOperation } from "@/server/services/credits/hold-operation";
import { openOperation } from "@/server/services/credits/open-operation";
import { completeOperation, settleOperation } from "@/server/services/credits/settle-operation";
import { subscribe } from "@/server/services/payments/subscribe";
import type { Figures, Overview } from "@/shared/overview";
import { generate, newKey, person, sandbox, send } from "../../../../tests/studio";
import { buy, deliver, messagesAbout } from "../../../../tests/till";
import { countFigures } from "./count-figures";
import { NOTHING } from "./counts";
import { getOverview, readOverview } from "./get-overview";
import { DAY_MS, dayOf, HOUR_MS, hourOf, later } from "./spans";

/** An instance in which nothing has happened. */
async function startAfresh(): Promise<void> {
  sandbox().reset();
  sandbox().paypal.deliver(false);
  for (const model of [Account, Image, LedgerEntry, Operation, ProviderCall, Purchase, Rollup]) {
    await model.collection.deleteMany({});
  }
}

/** What happens in `act`, as if it had happened so long ago. */
async function ago<T>(ms: number, act: () => Promise<T>): Promise<T> {
  const since = new Date();
  const result = await act();
  const move = async (
    model: typeof Operation | typeof LedgerEntry | typeof Image | typeof Purchase,
    field: string,
    from = since,
  ) => {
    const documents = await model.collection.find({ [field]: { $gte: from } }).toArray();
    for (const document of documents) {
      await model.collection.updateOne({ _id: document._id }, { $set: { [field]: later(document[field], -ms) } });
    }
  };
  await move(Operation, "createdAt");
  await move(Operation, "holdBy");
  await move(LedgerEntry, "at");
  await move(Image, "createdAt");
  // PayPal's times have no milliseconds.
  await move(Purchase, "paidAt", later(since, -1_000));
  return result;
}

/** Everything that is over is counted, however many passes it takes. */
async function countAll(): Promise<void> {
  while ((await countFigures()) > 0);
}

async function refund(actor: Actor, packId: string, value: string): Promise<void> {
  const { captureId = "" } = await buy(actor, packId);
  await sendBack(captureId, value);
}

async function sendBack(captureId: string, value: string): Promise<void> {
  const { refundId } = await sandbox().paypal.refund({ captureId, value });
  for (const message of await messagesAbout(refundId)) expect(await deliver(message)).toBe(200);
}

const everyProviderFails = () => {
  for (const name of ["gemini", "openai"] as const) sandbox().fail(name, { kind: "status", status: 500, times: 2 });
};

async function providerCall(at: Date, sandboxed: boolean, costMicros: number): Promise<void> {
  await ProviderCall.insertOne({
    _id: newId(),
    requestId: newRequestId(),
    at,
    provider: "gemini",
    model: "a-model",
    kind: "chat",
    outcome: "answered",
    ms: 10,
    costMicros,
    sandbox: sandboxed,
  });
}

/** A few people who do a bit of everything, over two weeks. */
async function mixedHistory(): Promise<void> {
  const [ada, ben] = [await ago(13 * DAY_MS, () => person({ credits: 30 })), await person({ credits: 3 })];
  await ago(12 * DAY_MS, async () => {
    await send(ada, { content: "What is ink made of?" });
    await send(ada, { content: "What is ink made of?" });
    await generate(ada);
    await buy(ada, "50");
  });
  await ago(9 * DAY_MS + 5 * HOUR_MS, async () => {
    everyProviderFails();
    await send(ada);
    sandbox().fail("gemini", { kind: "blocked" });
    await send(ada);
    await refund(ada, "20", "1.00");
    await adjustCredits(ada, {
      userId: ada.user.id,
      amount: 7,
      reason: "For the trouble",
      idempotencyKey: newKey(),
    });
  });
  await ago(30 * HOUR_MS, async () => {
    await send(ben);
    await send(ben);
    await send(ben);
    await expect(send(ben)).rejects.toMatchObject({ code: "INSUFFICIENT_CREDITS" });
    // All of it spent, so that the refund is owed; and repaid with what comes next.
    await refund(ben, "10", "1.00");
    await adjustCredits(ada, { userId: ben.user.id, amount: 4, reason: "A present", idempotencyKey: newKey() });
  });
  await ago(3 * HOUR_MS, async () => {
    sandbox().fail("replicate", { kind: "error-event" });
    await generate(ada);
    await generate(ada);
    const { subscriptionId } = await subscribe(ada, { idempotencyKey: newKey() });
    await sandbox().paypal.approve({ subscriptionId });
    for (const message of await messagesAbout(subscriptionId)) expect(await deliver(message)).toBe(200);
    await adjustCredits(ada, { userId: ada.user.id, amount: -2, reason: "Once too often", idempotencyKey: newKey() });
  });
  await send(ada);
  await openUse(ben);
  const chats = await Operation.find({ kind: "chat", state: "DONE", outcome: "complete" })
    .sort({ createdAt: 1 })
    .lean();
  for (const [index, { _id }] of chats.entries()) {
    await Operation.updateOne({ _id }, { $set: { firstTokenMs: 200 + 150 * index } });
  }
  for (const [hours, cost] of [
    [288, 12_000],
    [30, 340_000],
    [1, 7],
  ] as const) {
    await providerCall(later(new Date(), -hours * HOUR_MS), true, cost);
    await providerCall(later(new Date(), -hours * HOUR_MS), false, 2 * cost);
  }
}

/** The same figures, added up entry by entry from everything there is. */
async function fromTheBooks(from: Date, until: Date): Promise<Omit<Figures, "firstTokenP50" | "firstTokenP95">> {
  const isIn = (time: Date | undefined) => time !== undefined && time >= from && time < until;
  const figures = {
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
  };
  const purchases = await Purchase.find().lean();
  for (const entry of (await LedgerEntry.find().lean()).filter(({ at }) => isIn(at))) {
    const change = entry.deltaAvailable + entry.deltaHeld - entry.deltaOwed;
    if (entry._id.startsWith("sign-up-bonus:")) figures.newUsers += 1;
    if (entry.type === "CAPTURE") figures.creditsUsed -= change;
    else if (purchases.some(({ captureId }) => entry._id === `${captureId}:GRANT`)) figures.creditsSold += change;
    else if (change > 0) figures.creditsGiven += change;
    else figures.creditsTaken -= change;
  }
  const people = new Set<string>();
  for (const operation of (await Operation.find().lean()).filter(({ createdAt }) => isIn(createdAt))) {
    const { userId, kind, state, outcome, errorCode = "" } = operation;
    if (errorCode === "INSUFFICIENT_CREDITS") continue;
    people.add(userId);
    figures.asked += 1;
    if (kind === "chat" && state === "DONE") figures.answers += 1;
    if (outcome === "cached") figures.cachedAnswers += 1;
    if (state === "FAILED" && errorCode !== "CONTENT_BLOCKED") figures.failed += 1;
  }
  figures.activeUsers = people.size;
  figures.images = (await Image.find({ published: true }).lean()).filter(({ createdAt }) => isIn(createdAt)).length;
  for (const purchase of purchases.filter(({ paidAt }) => isIn(paidAt))) {
    figures.revenue += purchase.amount;
    for (const { amount } of purchase.refunds) figures.refunded += amount;
  }
  for (const { costMicros } of (await ProviderCall.find().lean()).filter(({ at }) => isIn(at))) {
    figures.costMicros += costMicros;
  }
  figures.margin = figures.revenue - figures.refunded - Math.round(figures.costMicros / 10_000);
  return figures;
}

const sumOver = (points: Overview["points"], name: keyof Figures) =>
  points.reduce((sum, point) => sum + (point[name] ?? 0), 0);

describe("the figures of the overview", () => {
  let live: Overview;

  beforeAll(async () => {
    await startAfresh();
    await mixedHistory();
    live = await readOverview("hour");
    await countAll();
  }, 240_000);

  test.each([
    ["hour", HOUR_MS],
    ["day", DAY_MS],
  ] as const)("by the %s are what the books say, whether counted before or just now", async (by, ms) => {
    const overview = await readOverview(by);
    for (const point of overview.points) {
      const { at, firstTokenP50: _, firstTokenP95: __, ...figures } = point;
      expect({ at, ...figures }).toEqual({ at, ...(await fromTheBooks(at, later(at, ms))) });
    }
    if (by === "hour") expect(overview.points.slice(-2)).toEqual(live.points.slice(-2));
    const first = overview.points[0]?.at ?? new Date();
    const { activeUsers: _, ...books } = await fromTheBooks(first, later(overview.asOf, 1));
    expect(overview.total).toMatchObject(books);
    expect(overview).toMatchObject({ by, currency: env.CURRENCY, play: true, catchingUp: false });
    // The history is there at all.
    expect(overview.total.answers).toBeGreaterThanOrEqual(by === "day" ? 6 : 4);
    expect(overview.total.failed).toBe(by === "day" ? 2 : 1);
    expect(overview.total.refunded).toBe(by === "day" ? 200 : 100);
  });

  test("by the week are those of its days, with people on average", async () => {
    const [weeks, days] = [await readOverview("week"), await readOverview("day")];
    expect(weeks.points).toHaveLength(26);
    expect(weeks.points.every(({ at }) => at.getUTCDay() === 1)).toBe(true);
    for (const name of ["answers", "images", "creditsSold", "revenue", "costMicros", "failed"] as const) {
      expect(sumOver(weeks.points, name)).toBe(sumOver(days.points, name));
    }
    const last = weeks.points.at(-1);
    const its = days.points.filter(({ at }) => last && at >= last.at);
    expect(last?.activeUsers).toBe(Math.round(sumOver(its, "activeUsers") / its.length));
  });

  test("have no gaps, and end with the span under way", async () => {
    for (const [by, count] of [
      ["hour", 48],
      ["day", 90],
    ] as const) {
      const { points, asOf } = await readOverview(by);
      expect(points).toHaveLength(count);
      expect(points.at(-1)?.at).toEqual(by === "hour" ? hourOf(asOf) : dayOf(asOf));
      const steps = new Set(points.slice(1).map(({ at }, index) => at.getTime() - (points[index]?.at.getTime() ?? 0)));
      expect([...steps]).toEqual([by === "hour" ? HOUR_MS : DAY_MS]);
    }
  });

  test("say how long first words take, of the answers that were not cached", async () => {
    const { total } = await readOverview("day");
    const durations = await Operation.distinct("firstTokenMs", { outcome: "complete" });
    const sorted = durations.map(Number).sort((one, other) => one - other);
    const exact = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
    expect(total.firstTokenP50).toBeGreaterThan(exact * 0.97);
    expect(total.firstTokenP50).toBeLessThan(exact * 1.03);
    expect(total.firstTokenP95).toBeGreaterThan((sorted.at(-1) ?? 0) * 0.97);
  });

  test("tell what all accounts have together, as the accounts do", async () => {
    const accounts = await Account.find().lean();
    const sum = (name: "available" | "held" | "owed") => accounts.reduce((total, account) => total + account[name], 0);
    const { now } = await readOverview("day");
    expect(now).toMatchObject({ available: sum("available"), held: sum("held"), owed: sum("owed"), running: 1 });
    expect(now.held).toBe(1);
  });

  test("cost one count, however many look at once", async () => {
    const [one, other] = await Promise.all([getOverview({ by: "day" }), getOverview({ by: "day" })]);
    expect(one).toBe(other);
  });
});

/** A use that holds its price and is not decided. */
async function openUse(actor: Actor) {
  const opened = await openOperation({
    actor,
    idempotencyKey: newKey(),
    kind: "chat",
    amount: 1,
    request: {},
    result: () => ({}),
  });
  await holdOperation(opened.operation);
  return { ...opened, actor };
}

const hourPoint = async (time: Date) => {
  const { points } = await readOverview("hour");
  const point = points.find(({ at }) => at.getTime() === hourOf(time).getTime());
  if (!point) throw new Error("This hour is not shown.");
  return point;
};

describe("a span that is over is counted again", () => {
  beforeEach(startAfresh);

  test("when an entry reaches the ledger late", async () => {
    const actor = await ago(40 * HOUR_MS, () => person({ credits: 5 }));
    await countAll();
    const at = later(new Date(), -30 * HOUR_MS);
    await Account.updateOne(
      { _id: actor.user.id },
      {
        $inc: { available: 6, rev: 1 },
        $push: {
          outbox: {
            _id: `late_${newId()}:ADJUST`,
            userId: actor.user.id,
            type: "ADJUST" as const,
            deltaAvailable: 6,
            deltaHeld: 0,
            deltaOwed: 0,
            reason: "A present",
            ref: "late",
            requestId: newRequestId(),
            at,
          },
        },
      },
    );
    await countAll();
    expect((await hourPoint(at)).creditsGiven).toBe(0);
    await drainOutbox(actor.user.id);
    await countAll();
    expect((await hourPoint(at)).creditsGiven).toBe(6);
    const { points, now } = await readOverview("day");
    expect(sumOver(points, "creditsGiven")).toBe(11);
    expect(now.available).toBe(11);
  });

  test("when something bought in it is refunded", async () => {
    const actor = await person();
    const purchase = await ago(40 * HOUR_MS, () => buy(actor, "20"));
    await countAll();
    const soldAt = later(new Date(), -40 * HOUR_MS);
    expect(await hourPoint(soldAt)).toMatchObject({ revenue: 200, refunded: 0 });
    await sendBack(purchase.captureId ?? "", "0.50");
    await countAll();
    expect(await hourPoint(soldAt)).toMatchObject({ revenue: 200, refunded: 50 });
    expect((await readOverview("day")).total).toMatchObject({ revenue: 200, refunded: 50 });
  });

  test("when what was under way at its end is decided", async () => {
    const { operation } = await ago(26 * HOUR_MS, async () => openUse(await person()));
    const createdAt = later(operation.createdAt, -26 * HOUR_MS);
    await countAll();
    expect(await hourPoint(createdAt)).toMatchObject({ asked: 1, answers: 0 });
    await completeOperation(operation, "HELD", { cost: 1, outcome: "complete" });
    await settleOperation({ ...operation, createdAt });
    await closeNow();
    await countAll();
    expect(await hourPoint(createdAt)).toMatchObject({ asked: 1, answers: 1 });
    expect((await readOverview("day")).total).toMatchObject({ answers: 1, creditsUsed: 1 });
  });

  test("and a count from before it was reopened is not written over a newer one", async () => {
    await ago(5 * HOUR_MS, () => person());
    const at = hourOf(later(new Date(), -5 * HOUR_MS));
    const [rollup] = await Rollup.claim("hour", [at]);
    if (!rollup) throw new Error("Nothing was claimed.");
    await Rollup.reopen("hour", [at]);
    expect(await Rollup.close([{ rollup, counts: NOTHING }])).toBe(0);
    await countAll();
    expect(await Rollup.findById(rollup._id).lean()).toMatchObject({ complete: true, newUsers: 1, reopened: 1 });
  });

  test("but keeps what it cost once the calls are gone", async () => {
    const at = hourOf(later(new Date(), -100 * DAY_MS));
    const actor = await ago(100 * DAY_MS, () => person());
    const [rollup] = await Rollup.claim("hour", [at]);
    if (!rollup) throw new Error("Nothing was claimed.");
    await Rollup.close([{ rollup, counts: { ...NOTHING, sandboxCostMicros: 5_000 } }]);
    await LedgerEntry.updateMany({ userId: actor.user.id }, { $set: { at } });
    await Rollup.reopen("hour", [at]);
    await countFigures();
    expect(await Rollup.findById(rollup._id).lean()).toMatchObject({
      complete: true,
      newUsers: 1,
      sandboxCostMicros: 5_000,
    });
  });
});

describe("the past of an instance that nobody counted before", () => {
  beforeEach(startAfresh);

  test("is counted newest first, so much at a time, and without gaps", async () => {
    await ago(20 * DAY_MS, () => person({ credits: 4 }));
    const hours = () => Rollup.countDocuments({ span: "hour" });
    await countFigures();
    const afterOne = await hours();
    expect(afterOne).toBeLessThan(20 * 24);
    expect(await readOverview("day")).toMatchObject({ catchingUp: true, total: { newUsers: 0 } });
    await countAll();
    expect(await readOverview("day")).toMatchObject({
      catchingUp: false,
      total: { newUsers: 1 },
      now: { available: 4 },
    });
    const rollups = await Rollup.find({ span: "hour" }).sort({ at: 1 }).lean();
    expect(
      rollups.every(
        ({ at }, index) => index === 0 || at.getTime() - (rollups[index - 1]?.at.getTime() ?? 0) === HOUR_MS,
      ),
    ).toBe(true);
    expect(rollups[0]?.at).toEqual(dayOf(later(new Date(), -20 * DAY_MS)));
  });

  test("is counted once more where older things turn up", async () => {
    await ago(2 * DAY_MS, () => person({ credits: 4 }));
    await countAll();
    await ago(10 * DAY_MS, () => person({ credits: 6 }));
    await countAll();
    expect(await readOverview("day")).toMatchObject({ total: { newUsers: 2 }, now: { available: 10 } });
  });
});
