import { Account, Purchase, User } from "@models";
import { callTRPCProcedure, TRPCError } from "@trpc/server";
import { beforeEach, describe, expect, test } from "vitest";
import { createOrder } from "@/server/services/payments/create-order";
import { subscribe } from "@/server/services/payments/subscribe";
import { defaultSettings } from "@/server/services/settings/default-settings";
import type { Role } from "@/shared/entitlements";
import { AppError, type ErrorCode } from "@/shared/errors";
import { cookieOf, generate, newKey, person, sandbox, send, the } from "../../../tests/studio";
import { createContext } from "./context";
import { adminProcedure, roleProcedure } from "./procedures";
import { appRouter } from "./root";
import { createCallerFactory, router } from "./trpc";

beforeEach(() => sandbox().reset());

/** What each procedure is called with, and who may call it. A new procedure fails the walk until it is listed here. */
const PROCEDURES: Record<string, { for: "anyone" | "signed in" | "admin"; input?: unknown; ofOthers?: boolean }> = {
  "account.register": { for: "anyone", input: { email: "new@example.org", password: "long enough" } },
  "account.me": { for: "signed in" },
  "account.updateProfile": { for: "signed in", input: { name: "New Name" } },
  "account.changePassword": { for: "signed in", input: { currentPassword: "x", newPassword: "long enough too" } },
  "account.signOutEverywhere": { for: "signed in" },
  "account.deleteAccount": { for: "signed in", input: { password: "x" } },
  "chat.send": {
    for: "signed in",
    input: { conversationId: "THEIR_CONVERSATION", content: "Hello", idempotencyKey: "key-for-walk" },
    ofOthers: true,
  },
  "chat.resume": { for: "signed in", input: { messageId: "THEIR_MESSAGE" }, ofOthers: true },
  "chat.stop": { for: "signed in", input: { messageId: "THEIR_MESSAGE" }, ofOthers: true },
  "chat.list": { for: "signed in", input: {} },
  "chat.search": { for: "signed in", input: { query: "hello" } },
  "chat.get": { for: "signed in", input: { conversationId: "THEIR_CONVERSATION" }, ofOthers: true },
  "chat.rename": { for: "signed in", input: { conversationId: "THEIR_CONVERSATION", title: "Mine" }, ofOthers: true },
  "chat.remove": { for: "signed in", input: { conversationId: "THEIR_CONVERSATION" }, ofOthers: true },
  "chat.restore": { for: "signed in", input: { conversationId: "THEIR_CONVERSATION" }, ofOthers: true },
  "credits.balance": { for: "signed in" },
  "credits.watch": { for: "signed in" },
  "credits.prices": { for: "anyone" },
  "credits.quote": { for: "signed in", input: { kind: "chat", model: "fast" } },
  "credits.history": { for: "signed in", input: {} },
  "credits.export": { for: "signed in" },
  "credits.holds": { for: "signed in" },
  "image.generate": {
    for: "signed in",
    input: { prompt: "A tree", aspectRatio: "1:1", count: 1, idempotencyKey: "key-for-walk-2" },
  },
  "image.list": { for: "signed in", input: {} },
  "image.get": { for: "signed in", input: { imageId: "THEIR_IMAGE" }, ofOthers: true },
  "image.remove": { for: "signed in", input: { imageId: "THEIR_IMAGE" }, ofOthers: true },
  "image.restore": { for: "signed in", input: { imageId: "THEIR_IMAGE" }, ofOthers: true },
  "image.generation": { for: "signed in", input: { generationId: "THEIR_GENERATION" }, ofOthers: true },
  "image.running": { for: "signed in" },
  "image.cancel": { for: "signed in", input: { generationId: "THEIR_GENERATION" }, ofOthers: true },
  "payments.packs": { for: "anyone" },
  "payments.createOrder": { for: "signed in", input: { packId: "10", idempotencyKey: "key-for-walk-3" } },
  "payments.captureOrder": { for: "signed in", input: { orderId: "THEIR_ORDER" }, ofOthers: true },
  "payments.history": { for: "signed in", input: {} },
  "payments.purchase": { for: "signed in", input: { purchaseId: "THEIR_PURCHASE" }, ofOthers: true },
  "payments.subscription": { for: "signed in" },
  "payments.subscribe": { for: "signed in", input: { idempotencyKey: "key-for-walk-4" } },
  "payments.confirmSubscription": {
    for: "signed in",
    input: { subscriptionId: "THEIR_SUBSCRIPTION" },
    ofOthers: true,
  },
  "payments.cancelSubscription": { for: "signed in" },
  "admin.overview": { for: "admin", input: {} },
  "admin.users": { for: "admin", input: {} },
  "admin.user": { for: "admin", input: { userId: "somebody" } },
  "admin.userLedger": { for: "admin", input: { userId: "somebody" } },
  "admin.userPurchases": { for: "admin", input: { userId: "somebody" } },
  "admin.userConversations": { for: "admin", input: { userId: "somebody" } },
  "admin.userImages": { for: "admin", input: { userId: "somebody" } },
  "admin.setRole": { for: "admin", input: { userId: "somebody", role: "ADMIN", reason: "A colleague" } },
  "admin.setStatus": { for: "admin", input: { userId: "somebody", status: "suspended", reason: "Abuse" } },
  "admin.signOutUser": { for: "admin", input: { userId: "somebody", reason: "A lost laptop" } },
  "admin.deleteUser": {
    for: "admin",
    input: { userId: "somebody", reason: "They asked", confirmEmail: "somebody@example.org" },
  },
  "admin.adjustCredits": {
    for: "admin",
    input: { userId: "somebody", amount: 5, reason: "A gift", idempotencyKey: "key-for-walk-5" },
  },
  "admin.payments": { for: "admin", input: {} },
  "admin.refund": {
    for: "admin",
    input: { purchaseId: "purchase", reason: "Bought twice", idempotencyKey: "key-for-walk-6" },
  },
  "admin.providers": { for: "admin" },
  "admin.testProvider": { for: "admin", input: { name: "gemini" } },
  "admin.settings": { for: "admin" },
  "admin.saveSettings": { for: "admin", input: { version: 999, values: defaultSettings() } },
  "admin.settingsHistory": { for: "admin", input: {} },
  "admin.audit": { for: "admin", input: {} },
  "admin.request": { for: "admin", input: { requestId: "request-of-walk" } },
  "admin.reconcile": { for: "admin" },
  "admin.doctor": { for: "admin" },
  "admin.checklist": { for: "admin" },
  "status.mode": { for: "anyone" },
  "status.notice": { for: "anyone" },
  "status.page": { for: "anyone" },
};

const paths = Object.keys(appRouter._def.procedures);

/** tRPC keeps its procedures by full path at run time, which its types do not say. */
const typeOf = (path: string): "query" | "mutation" | "subscription" =>
  Reflect.get(Reflect.get(appRouter._def.procedures, path), "_def").type;

/** Calls a procedure by its path, and reads a stream's first event so that what its generator checks runs too. */
async function call(path: string, input: unknown, headers: Headers): Promise<unknown> {
  const result: unknown = await callTRPCProcedure({
    router: appRouter,
    ctx: createContext(headers),
    getRawInput: async () => input,
    path,
    type: typeOf(path),
    signal: undefined,
    batchIndex: 0,
  });
  if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
    for await (const event of result as AsyncIterable<unknown>) return event;
  }
  return result;
}

async function refusal(work: Promise<unknown>): Promise<{ code: ErrorCode; fields: string[] }> {
  try {
    await work;
  } catch (error) {
    const cause = error instanceof TRPCError ? error.cause : error;
    if (cause instanceof AppError) return { code: cause.code, fields: Object.keys(cause.fieldErrors ?? {}) };
    throw error;
  }
  throw new Error("it was allowed");
}

/** Whether the ladder lets the caller through; what the service then makes of the input is another matter. */
async function isLetIn(path: string, input: unknown, headers: Headers): Promise<boolean> {
  const outcome = call(path, input, headers).then(() => "done");
  const code = await outcome.catch(async () => (await refusal(outcome)).code);
  return code !== "UNAUTHENTICATED" && code !== "FORBIDDEN";
}

test("every procedure is in the table, and the table holds no other", () => {
  expect(paths.toSorted()).toEqual(Object.keys(PROCEDURES).toSorted());
});

describe.each(paths)("%s", (path) => {
  const rule = PROCEDURES[path] ?? { for: "admin" as const };

  test("refuses who may not call it", async () => {
    if (rule.for === "anyone") return expect(await isLetIn(path, rule.input, new Headers())).toBe(true);
    expect((await refusal(call(path, rule.input, new Headers()))).code).toBe("UNAUTHENTICATED");
    const forged = new Headers({ cookie: "next-auth.session-token=forged" });
    expect((await refusal(call(path, rule.input, forged))).code).toBe("UNAUTHENTICATED");
    const suspended = await person({ role: "ADMIN" });
    await User.updateOne({ _id: suspended.user.id }, { $set: { status: "suspended" } });
    expect((await refusal(call(path, rule.input, await cookieOf(suspended.user.id)))).code).toBe("FORBIDDEN");
    if (rule.for !== "admin") return;
    for (const role of ["USER", "SUBSCRIBER"] as const) {
      const headers = await cookieOf((await person({ role })).user.id);
      expect((await refusal(call(path, rule.input, headers))).code).toBe("FORBIDDEN");
    }
  });

  test("lets in who may call it, and a demoted administrator no more", async () => {
    const { user } = await person({ role: rule.for === "admin" ? "ADMIN" : "USER" });
    const headers = await cookieOf(user.id);
    expect(await isLetIn(path, rule.input, headers)).toBe(true);
    if (rule.for !== "admin") return;
    await User.updateOne({ _id: user.id }, { $set: { role: "SUBSCRIBER" } });
    expect((await refusal(call(path, rule.input, headers))).code).toBe("FORBIDDEN");
  });

  test("does not show other people's things", async () => {
    if (!rule.ofOthers) return expect(JSON.stringify(rule.input ?? "")).not.toContain("THEIR_");
    const owner = await person();
    const chat = the(await send(owner), "start");
    const image = the(await generate(owner), "done").images[0];
    const order = await createOrder(owner, { packId: "10", idempotencyKey: newKey() });
    const bought = await Purchase.findOne({ orderId: order.orderId }).lean();
    const subscribed = await subscribe(owner, { idempotencyKey: newKey() });
    const theirs = JSON.stringify(rule.input)
      .replace("THEIR_CONVERSATION", chat.conversationId)
      .replace("THEIR_MESSAGE", chat.messageId)
      .replace("THEIR_IMAGE", image?.id ?? "")
      .replace("THEIR_GENERATION", image?.generationId ?? "")
      .replace("THEIR_ORDER", order.orderId)
      .replace("THEIR_PURCHASE", bought?._id ?? "")
      .replace("THEIR_SUBSCRIPTION", subscribed.subscriptionId);
    const before = await snapshot(owner.user.id);
    for (const role of ["USER", "ADMIN"] as Role[]) {
      const stranger = await person({ role });
      const { code } = await refusal(call(path, JSON.parse(theirs), await cookieOf(stranger.user.id)));
      expect(code).toBe("NOT_FOUND");
    }
    expect(await snapshot(owner.user.id)).toEqual(before);
  });

  test("refuses what it does not know, naming the field", async () => {
    const headers = await cookieOf((await person({ role: rule.for === "admin" ? "ADMIN" : "USER" })).user.id);
    if (!rule.input) return expect(appRouter._def.procedures).toHaveProperty([path]);
    const { code, fields } = await refusal(call(path, { ...(rule.input as object), isAdmin: true }, headers));
    expect({ code, fields }).toEqual({ code: "VALIDATION", fields: ["isAdmin"] });
  });
});

const snapshot = async (userId: string) =>
  JSON.stringify([await Account.findById(userId).lean(), await call("chat.list", {}, await cookieOf(userId))]);

describe("bad input", () => {
  const send1 = { content: "Hello", idempotencyKey: "key-for-bad-1" };
  const order = { packId: "10", idempotencyKey: "key-for-bad-3" };
  const gift = { userId: "somebody", amount: 5, reason: "A gift", idempotencyKey: "key-for-bad-5" };
  const make = { prompt: "A tree", aspectRatio: "1:1", count: 1, idempotencyKey: "key-for-bad-2" };
  test.each([
    ["chat.send", { ...send1, content: "" }, "content"],
    ["chat.send", { ...send1, content: "   " }, "content"],
    ["chat.send", { ...send1, content: "x".repeat(8_001) }, "content"],
    ["chat.send", { ...send1, content: { $ne: null } }, "content"],
    ["chat.send", { ...send1, conversationId: { $ne: null } }, "conversationId"],
    ["chat.send", { ...send1, idempotencyKey: "short" }, "idempotencyKey"],
    ["chat.send", { ...send1, idempotencyKey: "has spaces in it" }, "idempotencyKey"],
    ["chat.send", { ...send1, model: "best" }, "model"],
    ["chat.send", { ...send1, expectedCost: Number.NaN }, "expectedCost"],
    ["chat.send", { ...send1, conversationId: "convers1", regenerateOf: "message1", editOf: "message2" }, "editOf"],
    ["chat.send", { ...send1, price: 0 }, "price"],
    ["chat.get", { conversationId: { $gt: "" } }, "conversationId"],
    ["chat.list", { limit: 1_000_000 }, "limit"],
    ["image.generate", { ...make, prompt: "x".repeat(1_001) }, "prompt"],
    ["image.generate", { ...make, count: 5 }, "count"],
    ["image.generate", { ...make, count: 1.5 }, "count"],
    ["image.generate", { ...make, seed: 1e308 }, "seed"],
    ["image.generate", { ...make, aspectRatio: "2:1" }, "aspectRatio"],
    ["account.register", { email: "nobody", password: "long enough" }, "email"],
    ["account.register", { email: "a@example.org", password: "short" }, "password"],
    ["account.register", { email: { $ne: null }, password: "long enough" }, "email"],
    ["account.register", { email: "a@example.org", password: "long enough", role: "ADMIN" }, "role"],
    ["credits.quote", { kind: "image", count: -1 }, "count"],
    ["credits.history", { cursor: "$where" }, "cursor"],
    ["credits.history", { type: "THEFT" }, "type"],
    ["payments.createOrder", { ...order, packId: { $ne: null } }, "packId"],
    ["payments.createOrder", { ...order, price: 0.01 }, "price"],
    ["payments.createOrder", { ...order, credits: 1_000_000 }, "credits"],
    ["payments.createOrder", { ...order, amount: "0.01" }, "amount"],
    ["payments.captureOrder", { orderId: "ORDER123", credits: 1_000_000 }, "credits"],
    ["payments.captureOrder", { orderId: { $ne: null } }, "orderId"],
    ["payments.subscribe", { idempotencyKey: "key-for-bad-4", role: "ADMIN" }, "role"],
    ["admin.adjustCredits", { ...gift, amount: 0 }, "amount"],
    ["admin.adjustCredits", { ...gift, amount: Number.NaN }, "amount"],
    ["admin.adjustCredits", { ...gift, amount: 1e308 }, "amount"],
    ["admin.adjustCredits", { ...gift, amount: -1e308 }, "amount"],
    ["admin.adjustCredits", { ...gift, amount: 0.5 }, "amount"],
    ["admin.adjustCredits", { ...gift, amount: "5" }, "amount"],
    ["admin.adjustCredits", { ...gift, reason: " " }, "reason"],
  ])("%s %o", async (path, input, field) => {
    const actor = await person({ role: path.startsWith("admin.") ? "ADMIN" : "USER" });
    const headers = await cookieOf(actor.user.id);
    expect(await refusal(call(path, input, headers))).toEqual({ code: "VALIDATION", fields: [field] });
    expect(await Account.findById(actor.user.id).lean()).toMatchObject({ available: 10, held: 0 });
  });
});

describe("a session", () => {
  test("ends with the next request when the person signs out everywhere", async () => {
    const { user } = await person();
    const headers = await cookieOf(user.id);
    await call("account.signOutEverywhere", undefined, headers);
    expect((await refusal(call("account.me", undefined, headers))).code).toBe("UNAUTHENTICATED");
  });

  test("follows the role in the database at once", async () => {
    const { user } = await person({ role: "SUBSCRIBER" });
    const headers = await cookieOf(user.id);
    await User.updateOne({ _id: user.id }, { $set: { role: "USER" } });
    const input = { content: "Hello", model: "smart", idempotencyKey: newKey() };
    expect((await refusal(call("chat.send", input, headers))).code).toBe("FORBIDDEN");
  });
});

describe("the ladder", () => {
  const ladder = router({
    paying: roleProcedure("SUBSCRIBER", "ADMIN").query(() => "in"),
    admin: adminProcedure.query(() => "in"),
  });
  const enter = async (step: "paying" | "admin", headers: Headers) =>
    createCallerFactory(ladder)(createContext(headers))[step]();

  test.each([
    ["USER", "FORBIDDEN", "FORBIDDEN"],
    ["SUBSCRIBER", "in", "FORBIDDEN"],
    ["ADMIN", "in", "in"],
  ] as const)("%s: paying %s, admin %s", async (role, paying, admin) => {
    const headers = await cookieOf((await person({ role })).user.id);
    for (const [step, expected] of [
      ["paying", paying],
      ["admin", admin],
    ] as const) {
      if (expected === "in") expect(await enter(step, headers)).toBe("in");
      else expect((await refusal(enter(step, headers))).code).toBe(expected);
    }
    expect((await refusal(enter("paying", new Headers()))).code).toBe("UNAUTHENTICATED");
  });
});
