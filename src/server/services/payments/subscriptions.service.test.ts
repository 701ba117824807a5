import { LedgerEntry, Purchase, Subscription, User } from "@models";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { hashPassword } from "@/server/auth/passwords";
import type { Actor } from "@/server/lib/actor";
import { logger } from "@/server/lib/logger";
import { deleteAccount } from "@/server/services/account/delete-account";
import { getBalance } from "@/server/services/credits/get-balance";
import { reconcile } from "@/server/services/credits/reconcile";
import { sweepPayments } from "@/server/services/sweep/sweep-payments";
import type { Role } from "@/shared/entitlements";
import { bookProblems, newKey, person, sandbox } from "../../../../tests/studio";
import { auditOf, deliver, messagesAbout, shuffled, underNewId } from "../../../../tests/till";
import { cancelSubscription } from "./cancel-subscription";
import { confirmSubscription, getSubscription } from "./get-subscription";
import { listPurchases } from "./list-purchases";
import { subscribe } from "./subscribe";

beforeEach(() => {
  sandbox().reset();
  sandbox().paypal.deliver(false);
});

const roleOf = async ({ user }: Actor) => (await User.findById(user.id).lean())?.role;
const paypal = () => sandbox().paypal;

/** Brings everything PayPal has to say about a subscription, in the order given. */
async function tell(subscriptionId: string, order: <T>(items: T[]) => T[] = (items) => items) {
  for (const message of order(await messagesAbout(subscriptionId))) expect(await deliver(message)).toBe(200);
}

/** Somebody whose subscription PayPal has taken the first month for, and told us. */
async function subscriber(role: Role = "USER") {
  const actor = await person({ role });
  const { subscriptionId } = await subscribe(actor, { idempotencyKey: newKey() });
  const { saleId } = await paypal().approve({ subscriptionId });
  await tell(subscriptionId);
  return { actor, subscriptionId, saleId };
}

const DAY_MS = 86_400_000;

/** What the sweep does so many days from now. */
async function sweepInDays(days: number) {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * DAY_MS });
  try {
    await sweepPayments(logger);
  } finally {
    vi.useRealTimers();
  }
}

describe("subscribing", () => {
  test("brings a month's credits and the role, and is told in plain words", async () => {
    const { actor, subscriptionId, saleId } = await subscriber();
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
    expect(await getBalance(actor.user.id)).toEqual({ available: 110, held: 0, owed: 0 });
    expect(await LedgerEntry.findById(`${saleId}:GRANT`).lean()).toMatchObject({ deltaAvailable: 100 });
    const seen = await getSubscription(actor.user.id);
    expect(seen).toMatchObject({ id: subscriptionId, state: "ACTIVE", period: "month", credits: 100 });
    expect(seen?.paidUntil?.getTime()).toBeGreaterThan(Date.now() + 27 * 86_400_000);
    expect((await listPurchases(actor.user.id, { limit: 20 })).items).toMatchObject([
      { kind: "subscription", state: "CREDITED", credits: 100 },
    ]);
    expect(await bookProblems(actor.user.id)).toEqual([]);
    expect((await reconcile()).problems).toEqual([]);
  });

  test("is there for whoever sees its credits", async () => {
    const actor = await person();
    const { subscriptionId } = await subscribe(actor, { idempotencyKey: newKey() });
    await paypal().approve({ subscriptionId });
    // The last thing before the credits come.
    const insertOne = Purchase.insertOne.bind(Purchase);
    const seen: unknown[] = [];
    const watched = vi.spyOn(Purchase, "insertOne").mockImplementation(async (purchase) => {
      seen.push(await getSubscription(actor.user.id));
      return insertOne(purchase);
    });
    await confirmSubscription(actor, subscriptionId);
    watched.mockRestore();
    expect(seen).toMatchObject([{ id: subscriptionId, state: "ACTIVE" }]);
  });

  test("one payment told ten times at once, under two event ids, and confirmed meanwhile: granted once", async () => {
    const actor = await person();
    const { subscriptionId } = await subscribe(actor, { idempotencyKey: newKey() });
    await paypal().approve({ subscriptionId });
    const messages = await messagesAbout(subscriptionId);
    const again = await Promise.all(messages.map(underNewId));
    const reports = [...messages, ...again, ...messages, ...again].map((message) => () => deliver(message));
    const returns = Array.from({ length: 5 }, () => () => confirmSubscription(actor, subscriptionId));
    await Promise.all(shuffled<() => Promise<unknown>>([...reports, ...returns]).map((report) => report()));
    expect(await getBalance(actor.user.id)).toEqual({ available: 110, held: 0, owed: 0 });
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("without agreeing at PayPal brings nothing", async () => {
    const actor = await person();
    const { subscriptionId } = await subscribe(actor, { idempotencyKey: newKey() });
    expect(await confirmSubscription(actor, subscriptionId)).toMatchObject({ state: "APPROVAL_PENDING" });
    expect(await roleOf(actor)).toBe("USER");
    expect(await getSubscription(actor.user.id)).toBeNull();
  });

  test("one key makes one subscription, and who has one cannot have another", async () => {
    const actor = await person();
    const input = { idempotencyKey: newKey() };
    const made = await Promise.all([subscribe(actor, input), subscribe(actor, input), subscribe(actor, input)]);
    expect(new Set(made.map(({ subscriptionId }) => subscriptionId)).size).toBe(1);
    const subscriptionId = made[0]?.subscriptionId ?? "";
    await paypal().approve({ subscriptionId });
    await tell(subscriptionId);
    await expect(subscribe(actor, { idempotencyKey: newKey() })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is found by its payment even if it was never written down here", async () => {
    const actor = await person();
    const { subscriptionId } = await subscribe(actor, { idempotencyKey: newKey() });
    await Subscription.deleteOne({ _id: subscriptionId });
    await paypal().approve({ subscriptionId });
    await tell(subscriptionId, (messages) => messages.toReversed());
    expect(await getBalance(actor.user.id)).toMatchObject({ available: 110 });
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
  });

  test("somebody else's cannot be confirmed as one's own", async () => {
    const { subscriptionId } = await subscriber();
    const other = await person();
    await expect(confirmSubscription(other, subscriptionId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await roleOf(other)).toBe("USER");
  });

  test("never makes an ADMIN less, at its beginning or at its end", async () => {
    const { actor, subscriptionId } = await subscriber("ADMIN");
    expect(await roleOf(actor)).toBe("ADMIN");
    await paypal().expire({ subscriptionId });
    await tell(subscriptionId);
    expect(await roleOf(actor)).toBe("ADMIN");
  });

  test("never makes a subscriber less who was made ADMIN meanwhile", async () => {
    const { actor, subscriptionId } = await subscriber();
    await User.updateOne({ _id: actor.user.id }, { $set: { role: "ADMIN" } });
    await cancelSubscription(actor);
    await sweepInDays(32);
    expect(await Subscription.findById(subscriptionId).lean()).toMatchObject({ roleGiven: false });
    expect(await roleOf(actor)).toBe("ADMIN");
  });
});

describe("each month", () => {
  test("paid brings its credits under its own sale", async () => {
    const { actor, subscriptionId } = await subscriber();
    const { saleId } = await paypal().bill({ subscriptionId });
    await tell(subscriptionId, shuffled);
    await tell(subscriptionId, shuffled);
    expect(await getBalance(actor.user.id)).toMatchObject({ available: 210 });
    expect(await LedgerEntry.countDocuments({ _id: `${saleId}:GRANT` })).toBe(1);
  });

  test("that could not be charged brings nothing", async () => {
    const { actor, subscriptionId } = await subscriber();
    await paypal().bill({ subscriptionId, outcome: "declined" });
    await tell(subscriptionId);
    expect(await getBalance(actor.user.id)).toMatchObject({ available: 110 });
  });

  test("refunded gives its credits back, and the role with the last paid one", async () => {
    const { actor, subscriptionId, saleId } = await subscriber();
    await paypal().cancel({ subscriptionId });
    await paypal().refund({ captureId: saleId });
    await tell(subscriptionId);
    for (const message of await messagesAbout(saleId, "PAYMENT.SALE")) await deliver(message);
    expect(await getBalance(actor.user.id)).toEqual({ available: 10, held: 0, owed: 0 });
    expect(await roleOf(actor)).toBe("USER");
    expect(await bookProblems(actor.user.id)).toEqual([]);
  });

  test("for another amount than agreed brings nothing, and the operator is told", async () => {
    const actor = await person();
    const { subscriptionId } = await subscribe(actor, { idempotencyKey: newKey() });
    await Subscription.updateOne({ _id: subscriptionId }, { $set: { amount: 99_900 } });
    await paypal().approve({ subscriptionId });
    await tell(subscriptionId);
    expect(await getBalance(actor.user.id)).toMatchObject({ available: 10 });
    expect(await roleOf(actor)).toBe("USER");
    const [refused] = await Purchase.find({ subscriptionId }).lean();
    expect(await auditOf(refused?._id ?? "")).toEqual([expect.stringContaining("payment.refused")]);
  });
});

describe("the end", () => {
  test("cancelled keeps role and credits until the paid period is over, then only the credits", async () => {
    const { actor, subscriptionId } = await subscriber();
    const cancelled = await cancelSubscription(actor);
    expect(cancelled).toMatchObject({ state: "CANCELLED" });
    expect(cancelled.renewsAt).toBeUndefined();
    expect(cancelled.paidUntil?.getTime()).toBeGreaterThan(Date.now());
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
    await sweepInDays(26);
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
    await expect(cancelSubscription(actor)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await sweepInDays(32);
    expect(await roleOf(actor)).toBe("USER");
    expect(await getBalance(actor.user.id)).toMatchObject({ available: 110 });
    expect(await Subscription.findById(subscriptionId).lean()).toMatchObject({ roleGiven: false });
  });

  test("not renewed keeps the role for a day's grace, and no longer", async () => {
    const { actor, subscriptionId } = await subscriber();
    const { paidUntil } = (await Subscription.findById(subscriptionId).lean()) ?? {};
    const days = ((paidUntil?.getTime() ?? 0) - Date.now()) / DAY_MS;
    await sweepInDays(days + 0.5);
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
    await sweepInDays(days + 1.5);
    expect(await roleOf(actor)).toBe("USER");
    await paypal().bill({ subscriptionId });
    await tell(subscriptionId);
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
  });

  test.each(["suspend", "cancel", "expire"] as const)("%s at PayPal keeps the role to the paid day", async (how) => {
    const { actor, subscriptionId } = await subscriber();
    await paypal()[how]({ subscriptionId });
    await tell(subscriptionId, shuffled);
    expect((await getSubscription(actor.user.id))?.state).toBe(
      { suspend: "SUSPENDED", cancel: "CANCELLED", expire: "EXPIRED" }[how],
    );
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
  });

  test("a role an operator gave is not taken when somebody's subscription ends", async () => {
    const { actor, subscriptionId, saleId } = await subscriber("SUBSCRIBER");
    await paypal().cancel({ subscriptionId });
    await paypal().refund({ captureId: saleId });
    await tell(subscriptionId);
    for (const message of await messagesAbout(saleId, "PAYMENT.SALE")) await deliver(message);
    expect(await roleOf(actor)).toBe("SUBSCRIBER");
  });

  test("with PayPal away is not taken for done", async () => {
    const { actor, subscriptionId } = await subscriber();
    sandbox().fail("paypal", { kind: "status", status: 503, path: "/cancel" });
    await expect(cancelSubscription(actor)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect(await getSubscription(actor.user.id)).toMatchObject({ id: subscriptionId, state: "ACTIVE" });
  });

  test("of an account ends its subscription first, or the account stays", async () => {
    const { actor, subscriptionId } = await subscriber();
    await User.updateOne({ _id: actor.user.id }, { $set: { passwordHash: await hashPassword("correct horse") } });
    sandbox().fail("paypal", { kind: "status", status: 503, path: "/cancel" });
    await expect(deleteAccount(actor, "correct horse")).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect(await User.countDocuments({ _id: actor.user.id })).toBe(1);
    await deleteAccount(actor, "correct horse");
    await tell(subscriptionId);
    expect(await Subscription.findById(subscriptionId).lean()).toMatchObject({ state: "CANCELLED" });
  });
});
