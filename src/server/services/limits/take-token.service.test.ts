import { expect, test, vi } from "vitest";
import type { SessionUser } from "@/server/auth/session";
import type { Role } from "@/shared/entitlements";

// The set-up file lifts the limits out of other tests' way; here they are those people meet.
process.env.LIMIT_SCALE = "1";
vi.resetModules();
const { takeAnonymousToken, takeUserToken } = await import("./take-token");
const { createCaller } = await import("@/server/api/root");
const { logger } = await import("@/server/lib/logger");
const { newKey, person } = await import("../../../../tests/studio");
const { getBalance } = await import("@/server/services/credits/get-balance");

const settle = (work: Promise<unknown>[]) => Promise.allSettled(work);
const refused = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));

test.each([
  ["USER", "chat", 20],
  ["SUBSCRIBER", "chat", 60],
  ["ADMIN", "chat", 120],
  ["USER", "image", 5],
  ["SUBSCRIBER", "image", 15],
  ["ADMIN", "image", 30],
] as const)("a %s's %s calls: %i at once, then RATE_LIMITED with the wait", async (role, limit, allowed) => {
  const user = { id: newKey(), role };
  const results = await settle(Array.from({ length: allowed + 3 }, () => takeUserToken(limit, user, logger)));
  const refusals = refused(results);
  expect(refusals).toHaveLength(3);
  for (const error of refusals) {
    expect(error).toMatchObject({ code: "RATE_LIMITED" });
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000 / allowed);
  }
});

test("one person's haste is not another's", async () => {
  const [one, two] = [newKey(), newKey()];
  await settle(Array.from({ length: 25 }, () => takeUserToken("chat", { id: one, role: "USER" }, logger)));
  await expect(takeUserToken("chat", { id: two, role: "USER" }, logger)).resolves.toBeUndefined();
});

test("attempts from elsewhere do not lock an account's owner out", async () => {
  await settle(
    Array.from({ length: 40 }, () => takeAnonymousToken("sign-in-account", "203.0.113.9:owner@example.org", logger)),
  );
  await expect(
    takeAnonymousToken("sign-in-account", "198.51.100.7:owner@example.org", logger),
  ).resolves.toBeUndefined();
});

/** The API as somebody calls it whose cookie this process has met before, or not. */
async function callerOf(last: { role: Role } | undefined, now: Partial<SessionUser> | null = {}) {
  const { user } = await person();
  const session = { ...user, email: "a@example.org", name: "A", status: "active" as const, ...now };
  let caller = last && { id: user.id, ...last };
  return {
    id: user.id,
    api: createCaller({
      requestId: "limited-request",
      log: logger,
      caller: {},
      address: "192.0.2.7",
      session: async () => {
        caller = last && session;
        return now && session;
      },
      lastCaller: () => caller,
    }),
  };
}

const wrong = { prompt: "", aspectRatio: "1:1" as const, count: 1, idempotencyKey: "key-of-limits" };
const codesOf = async (calls: Promise<unknown>[]) => refused(await settle(calls)).map(({ cause }) => cause.code);

test.each([undefined, { role: "USER" } as const])(
  "through the API it carries retryAfterMs and costs nothing, even when the input is wrong (%o came before)",
  async (last) => {
    const { id, api } = await callerOf(last);
    const refusals = refused(await settle(Array.from({ length: 7 }, () => api.image.generate(wrong))));
    const codes = refusals.map(({ cause }) => cause.code);
    expect(codes.filter((code) => code === "VALIDATION")).toHaveLength(5);
    expect(codes.filter((code) => code === "RATE_LIMITED")).toHaveLength(2);
    expect(refusals.at(-1).cause.retryAfterMs).toBeGreaterThan(0);
    expect(await getBalance(id)).toEqual({ available: 10, held: 0, owed: 0 });
  },
);

test("whoever was given another role since has its limits, from the first call on", async () => {
  const { api } = await callerOf({ role: "ADMIN" }, { role: "USER" });
  expect(await codesOf([api.image.generate(wrong)])).toEqual(["VALIDATION"]);
  const codes = await codesOf(Array.from({ length: 9 }, () => api.image.generate(wrong)));
  expect(codes.filter((code) => code === "VALIDATION").length).toBeLessThanOrEqual(5);
  expect(codes).toContain("RATE_LIMITED");
});

test.each([
  ["UNAUTHENTICATED", null],
  ["FORBIDDEN", { status: "suspended" as const }],
])("whoever is not let in any more is told that, not that they were too fast: %s", async (code, now) => {
  const { api } = await callerOf({ role: "USER" }, now);
  const codes = await codesOf(Array.from({ length: 9 }, () => api.image.generate(wrong)));
  expect(codes).toEqual(Array(9).fill(code));
});
