import { Account, AuditEntry, LedgerEntry } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { sendMessage } from "@/server/services/chat/send-message";
import { bookProblems, collect, message, never, newKey, person, sandbox, send, the } from "../../../../tests/studio";
import { adjustCredits } from "./adjust-credits";
import { applyCredits, type CreditChange } from "./apply-credits";
import { exportHistory } from "./export-history";
import { getBalance } from "./get-balance";
import { listHistory } from "./list-history";
import { listHolds } from "./list-holds";
import { watchBalance } from "./watch-balance";

beforeEach(() => sandbox().reset());

const change = (userId: string, fields: Partial<CreditChange> = {}): CreditChange => ({
  userId,
  key: newKey(),
  type: "GRANT",
  credits: 10,
  mayOwe: true,
  reason: "A test",
  ref: "test",
  requestId: "request-of-test",
  ...fields,
});

describe("what comes from outside", () => {
  test("is applied once per key, however many report it at once", async () => {
    const { user } = await person();
    const grant = change(user.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => applyCredits(grant)));
    expect(answers.filter(({ applied }) => applied)).toHaveLength(1);
    expect(await getBalance(user.id)).toEqual({ available: 20, held: 0, owed: 0 });
    expect(await bookProblems(user.id)).toEqual([]);
  });

  test("repays what is owed before it is given", async () => {
    const { user } = await person({ credits: 3 });
    await applyCredits(change(user.id, { type: "REFUND", credits: -10 }));
    expect(await getBalance(user.id)).toEqual({ available: 0, held: 0, owed: 7 });
    await applyCredits(change(user.id, { credits: 5 }));
    expect(await getBalance(user.id)).toEqual({ available: 0, held: 0, owed: 2 });
    await applyCredits(change(user.id, { credits: 5 }));
    expect(await getBalance(user.id)).toEqual({ available: 3, held: 0, owed: 0 });
    expect(await bookProblems(user.id)).toEqual([]);
  });

  test("all at once, given and taken, adds up", async () => {
    const { user } = await person({ credits: 0 });
    const given = Array.from({ length: 15 }, (_, index) => change(user.id, { credits: index + 1 }));
    const taken = Array.from({ length: 15 }, () => change(user.id, { type: "REFUND", credits: -12 }));
    await Promise.all([...given, ...taken].map(applyCredits));
    const { available, held, owed } = await getBalance(user.id);
    expect({ held, net: available - owed }).toEqual({ held: 0, net: 120 - 180 });
    expect(await bookProblems(user.id)).toEqual([]);
  });

  test("makes the account when a crash left somebody without one", async () => {
    const { user } = await person();
    await Promise.all([Account.deleteOne({ _id: user.id }), LedgerEntry.deleteMany({ userId: user.id })]);
    await applyCredits(change(user.id));
    expect(await getBalance(user.id)).toMatchObject({ available: 20 });
    expect(await bookProblems(user.id)).toEqual([]);
  });
});

describe("an operator's correction", () => {
  const input = (userId: string, fields: object = {}) => ({
    userId,
    amount: 5,
    reason: "For your trouble",
    idempotencyKey: newKey(),
    ...fields,
  });

  test("is made once per key, is told to its owner, and is audited with before and after", async () => {
    const [admin, somebody] = [await person({ role: "ADMIN" }), await person()];
    const gift = input(somebody.user.id);
    await Promise.all(Array.from({ length: 5 }, () => adjustCredits(admin, gift)));
    expect(await getBalance(somebody.user.id)).toMatchObject({ available: 15 });
    expect((await listHistory(somebody.user.id, { limit: 20 })).items[0]).toMatchObject({
      type: "ADJUST",
      reason: "For your trouble",
      requestId: admin.requestId,
    });
    expect(await AuditEntry.find({ subject: somebody.user.id }).lean()).toMatchObject([
      { actor: admin.user.id, action: "credits.adjust", before: { available: 10 }, after: { available: 15 } },
    ]);
    await expect(adjustCredits(admin, { ...gift, amount: 6 })).rejects.toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
    expect(await bookProblems(somebody.user.id)).toEqual([]);
  });

  test("whose audit entry was lost in a crash is audited by a repeat, with what was before it", async () => {
    const [admin, somebody] = [await person({ role: "ADMIN" }), await person()];
    const gift = input(somebody.user.id);
    await adjustCredits(admin, gift);
    await AuditEntry.deleteMany({ subject: somebody.user.id });
    await adjustCredits(admin, gift);
    expect(await AuditEntry.find({ subject: somebody.user.id }).lean()).toMatchObject([
      { before: { available: 10, held: 0, owed: 0 }, after: { available: 15, held: 0, owed: 0 } },
    ]);
  });

  test("takes no more than there is", async () => {
    const [admin, somebody] = [await person({ role: "ADMIN" }), await person({ credits: 4 })];
    await expect(adjustCredits(admin, input(somebody.user.id, { amount: -5 }))).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { amount: [expect.stringContaining("4")] },
    });
    await adjustCredits(admin, input(somebody.user.id, { amount: -4 }));
    expect(await getBalance(somebody.user.id)).toEqual({ available: 0, held: 0, owed: 0 });
  });

  test("needs somebody to correct", async () => {
    const admin = await person({ role: "ADMIN" });
    await expect(adjustCredits(admin, input("nobody-here"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("whoever watches their balance", () => {
  /** The balances an open tab is shown, one after the other. */
  function tabOf(userId: string) {
    const closed = new AbortController();
    const shown = watchBalance(userId, closed.signal);
    return { next: async () => (await shown.next()).value, close: () => closed.abort() };
  }

  test("sees an operator's correction at once", async () => {
    const [admin, { user }] = [await person({ role: "ADMIN" }), await person()];
    const tab = tabOf(user.id);
    expect(await tab.next()).toMatchObject({ available: 10 });
    const startedAt = performance.now();
    const seen = tab.next();
    await adjustCredits(admin, { userId: user.id, amount: 5, reason: "A gift", idempotencyKey: newKey() });
    expect(await seen).toMatchObject({ available: 15 });
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    tab.close();
  });

  test("sees it within seconds when another process made it", async () => {
    const { user } = await person();
    const tab = tabOf(user.id);
    expect(await tab.next()).toMatchObject({ available: 10 });
    // What another process writes is announced there, not here.
    await Account.updateOne({ _id: user.id }, { $inc: { available: 5 } });
    expect(await tab.next()).toMatchObject({ available: 15 });
    tab.close();
  });
});

test("what runs says what it holds, until it has ended", async () => {
  sandbox().setPace({ firstTokenMs: 300 });
  const actor = await person();
  const events = await sendMessage(actor, message(), never());
  expect(await listHolds(actor.user.id)).toMatchObject([{ kind: "chat", amount: 1, requestId: actor.requestId }]);
  const { conversationId } = the(await collect(events), "start");
  expect(conversationId).toBeTruthy();
  expect(await listHolds(actor.user.id)).toEqual([]);
});

describe("the ledger", () => {
  test("is read by kind, page by page, with nothing twice and nothing left out", async () => {
    const actor = await person();
    for (let sent = 0; sent < 3; sent += 1) await send(actor);
    const charges: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listHistory(actor.user.id, { type: "CAPTURE", limit: 2, cursor });
      expect(page.items.every(({ type }) => type === "CAPTURE")).toBe(true);
      charges.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(charges).size).toBe(3);
  });

  test("as CSV holds every movement, and no formula a spreadsheet would run", async () => {
    const [admin, { user }] = [await person({ role: "ADMIN" }), await person()];
    const reason = '=HYPERLINK("http://evil.example"), says "Bob"';
    await adjustCredits(admin, { userId: user.id, amount: 5, reason, idempotencyKey: newKey() });
    const csv = (await collect(exportHistory(user.id, never()))).join("");
    const lines = csv.split("\r\n");
    expect(lines[0]).toBe("at,type,available,held,owed,reason,requestId,id");
    expect(lines).toHaveLength(4);
    expect(lines[1]).toMatch(/^\d{4}-.*,GRANT,10,0,0,Welcome to Inkwell,/);
    expect(lines[2]).toContain(`,ADJUST,5,0,0,"'=HYPERLINK(""http://evil.example""), says ""Bob""",`);
  });
});
