import { AuditEntry, Conversation, Image, Message, Session, StandingGuard, Subscription, User } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import type { Actor } from "@/server/lib/actor";
import { newId } from "@/server/lib/ids";
import { openSession } from "@/server/services/account/open-session";
import { applySubscriptionRole } from "@/server/services/payments/apply-subscription-role";
import { confirmSubscription } from "@/server/services/payments/get-subscription";
import { subscribe } from "@/server/services/payments/subscribe";
import type { Role } from "@/shared/entitlements";
import { bookProblems, generate, newKey, person, sandbox, send } from "../../../../tests/studio";
import { deleteUser, setRole, setStatus, signOutUser } from "./change-user";

beforeEach(async () => {
  sandbox().reset();
  // Administrators of other tests would count.
  await User.deleteMany({ role: "ADMIN" });
});

const admin = () => person({ role: "ADMIN" });
const userOf = (who: Actor) => User.findById(who.user.id).lean();
const emailOf = (who: Actor) => `${who.user.id.toLowerCase()}@example.org`;
const reason = "As agreed";
const role = (actor: Actor, who: Actor, to: Role) => setRole(actor, { userId: who.user.id, role: to, reason });
const status = (actor: Actor, who: Actor, to: "active" | "suspended") =>
  setStatus(actor, { userId: who.user.id, status: to, reason });
const remove = (actor: Actor, who: Actor, confirmEmail = emailOf(who)) =>
  deleteUser(actor, { userId: who.user.id, reason, confirmEmail });
const activeAdmins = () => User.countDocuments({ role: "ADMIN", status: "active" });
const auditOf = (who: Actor) => AuditEntry.find({ subject: who.user.id }).sort({ at: 1 }).lean();

describe("a change of role or status", () => {
  test("is made, and stands in the audit log with before, after, reason and request", async () => {
    const [boss, who] = [await admin(), await person()];
    await role(boss, who, "ADMIN");
    expect(await userOf(who)).toMatchObject({ role: "ADMIN", status: "active", sessionVersion: 1 });
    await status(boss, who, "suspended");
    expect(await userOf(who)).toMatchObject({ role: "ADMIN", status: "suspended" });
    await status(boss, who, "active");
    const { requestId } = boss;
    const entry = { actor: boss.user.id, note: reason, requestId };
    expect(await auditOf(who)).toMatchObject([
      {
        ...entry,
        action: "user.role",
        before: { role: "USER", status: "active" },
        after: { role: "ADMIN", status: "active" },
      },
      { ...entry, action: "user.suspend", before: { status: "active" }, after: { status: "suspended" } },
      { ...entry, action: "user.restore", before: { status: "suspended" }, after: { status: "active" } },
    ]);
  });

  test("that is so already changes nothing and is not audited again", async () => {
    const [boss, who] = [await admin(), await person()];
    await Promise.all(Array.from({ length: 5 }, () => role(boss, who, "SUBSCRIBER")));
    expect(await auditOf(who)).toHaveLength(1);
  });

  test("of nobody is NOT_FOUND, and of oneself is refused: a slip would lock one out", async () => {
    const [boss] = [await admin(), await admin()];
    const nobody = { ...boss, user: { ...boss.user, id: "nobody" } };
    await expect(role(boss, nobody, "USER")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(role(boss, boss, "USER")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(status(boss, boss, "suspended")).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(remove(boss, boss)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await userOf(boss)).toMatchObject({ role: "ADMIN", status: "active" });
  });

  test("whose process died half way is finished by the next one, with its audit entry", async () => {
    const [boss, who, other] = [await admin(), await person(), await person()];
    const { version } = await StandingGuard.read();
    const audit = {
      id: newId(),
      actor: boss.user.id,
      action: "user.suspend",
      note: reason,
      before: {},
      after: {},
      requestId: "r",
    };
    await StandingGuard.decide(version, {
      id: newId(),
      userId: who.user.id,
      after: null,
      set: { status: "suspended" },
      audit,
    });
    await role(boss, other, "SUBSCRIBER");
    expect(await userOf(who)).toMatchObject({ status: "suspended" });
    expect(await auditOf(who)).toMatchObject([{ action: "user.suspend" }]);
    expect(await userOf(other)).toMatchObject({ role: "SUBSCRIBER" });
  });

  test("carried out once more by a process that slept through the next ones does nothing", async () => {
    const [boss, who] = [await admin(), await admin()];
    const { version } = await StandingGuard.read();
    const audit = {
      id: newId(),
      actor: boss.user.id,
      action: "user.role",
      note: reason,
      before: {},
      after: {},
      requestId: "r",
    };
    const late = { id: newId(), userId: who.user.id, after: null, set: { role: "USER" as const }, audit };
    await StandingGuard.decide(version, late);
    await role(boss, who, "ADMIN");
    expect(await userOf(who)).toMatchObject({ role: "ADMIN" });
    await StandingGuard.updateOne({}, { $set: { pending: late } });
    await role(boss, await person(), "SUBSCRIBER");
    expect(await userOf(who)).toMatchObject({ role: "ADMIN" });
    expect(await auditOf(who)).toHaveLength(2);
  });
});

describe("the last active administrator", () => {
  test("cannot be demoted, suspended or deleted; a suspended one is no help", async () => {
    const [boss, suspended] = [await admin(), await admin()];
    await status(boss, suspended, "suspended");
    // Somebody who was an administrator a moment ago, and still acts.
    const former = await person();
    const acts = [
      () => role(former, boss, "USER"),
      () => status(former, boss, "suspended"),
      () => remove(former, boss),
    ];
    for (const act of acts) {
      await expect(act()).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("only active") });
    }
    expect(await userOf(boss)).toMatchObject({ role: "ADMIN", status: "active" });
    expect(await auditOf(boss)).toEqual([]);
    await role(boss, suspended, "USER");
  });

  test.each([
    ["demote", (actor: Actor, who: Actor) => role(actor, who, "USER")],
    ["suspend", (actor: Actor, who: Actor) => status(actor, who, "suspended")],
    ["delete", (actor: Actor, who: Actor) => remove(actor, who)],
  ])("remains when two %s each other at the same moment: exactly one does", async (_, act) => {
    for (let round = 0; round < 10; round += 1) {
      await User.deleteMany({ role: "ADMIN" });
      const [one, other] = [await admin(), await admin()];
      const results = await Promise.allSettled([act(one, other), act(other, one)]);
      expect(results.map((result) => result.status).toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(results.find((result) => result.status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
      expect(await activeAdmins()).toBe(1);
    }
  });

  test("remains when six do to each other whatever they can, all at once", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, admin));
    const kinds = [
      (actor: Actor, who: Actor) => role(actor, who, "USER"),
      (actor: Actor, who: Actor) => status(actor, who, "suspended"),
      (actor: Actor, who: Actor) => remove(actor, who),
    ];
    const pairs = all.flatMap((actor) => all.filter((who) => who !== actor).map((who) => ({ actor, who })));
    const acts = pairs.map(({ actor, who }, index) => kinds[index % kinds.length]?.(actor, who));
    await Promise.allSettled(acts);
    expect(await activeAdmins()).toBe(1);
    expect((await StandingGuard.read()).pending).toBeUndefined();
  });

  test("stays one when their subscription ends", async () => {
    const boss = await admin();
    const { subscriptionId } = await subscribe(boss, { idempotencyKey: newKey() });
    await Subscription.updateOne({ _id: subscriptionId }, { $set: { roleGiven: true, state: "EXPIRED" } });
    await applySubscriptionRole(boss.user.id, boss.log);
    expect(await userOf(boss)).toMatchObject({ role: "ADMIN" });
  });
});

test("signing somebody out ends their sessions, and is audited", async () => {
  const [boss, who] = [await admin(), await person()];
  await signOutUser(boss, { userId: who.user.id, reason });
  expect(await userOf(who)).toMatchObject({ sessionVersion: 2 });
  expect(await auditOf(who)).toMatchObject([
    { action: "user.sign-out", before: { sessionVersion: 1 }, after: { sessionVersion: 2 }, note: reason },
  ]);
  await expect(signOutUser(boss, { userId: "nobody", reason })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

describe("deleting somebody", () => {
  test("takes all they wrote and made and their sessions, keeps the books, and is audited without their name", async () => {
    const [boss, who] = [await admin(), await person()];
    const { id: userId } = who.user;
    await send(who);
    await generate(who);
    await openSession({ userId, sessionVersion: 1, userAgent: "Browser" });
    await remove(boss, who);
    const left = [Message, Conversation, Image, Session].map((model) => model.collection.countDocuments({ userId }));
    expect(await Promise.all(left)).toEqual([0, 0, 0, 0]);
    expect(await userOf(who)).toBeNull();
    expect(await bookProblems(userId)).toEqual([]);
    const audit = await auditOf(who);
    expect(audit).toMatchObject([{ action: "user.delete", before: { role: "USER", status: "active" }, after: null }]);
    expect(JSON.stringify(audit)).not.toContain(emailOf(who));
    await expect(remove(boss, who)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("wants their address written out", async () => {
    const [boss, who] = [await admin(), await person()];
    await expect(remove(boss, who, "somebody@example.org")).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { confirmEmail: [expect.any(String)] },
    });
    expect(await userOf(who)).toMatchObject({ status: "active" });
  });

  test("cancels their subscription first, and removes nothing when PayPal cannot be asked", async () => {
    const [boss, who] = [await admin(), await person()];
    const { subscriptionId } = await subscribe(who, { idempotencyKey: newKey() });
    await sandbox().paypal.approve({ subscriptionId });
    await confirmSubscription(who, subscriptionId);
    sandbox().fail("paypal", { kind: "status", status: 503, path: "/cancel" });
    await expect(remove(boss, who)).rejects.toMatchObject({ code: "PROVIDER_UNAVAILABLE" });
    expect(await userOf(who)).toMatchObject({ status: "active", role: "SUBSCRIBER" });
    expect(await auditOf(who)).toEqual([]);
    await remove(boss, who);
    expect(
      sandbox()
        .requests("paypal")
        .filter(({ path }) => path.endsWith(`${subscriptionId}/cancel`)),
    ).toHaveLength(2);
  });

  test("who is suspended already is audited all the same, once", async () => {
    const [boss, who] = [await admin(), await person()];
    await status(boss, who, "suspended");
    await remove(boss, who);
    expect((await auditOf(who)).map(({ action }) => action)).toEqual(["user.suspend", "user.delete"]);
  });
});
