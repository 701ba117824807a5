import { Session, User } from "@models";
import { encode } from "next-auth/jwt";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { env } from "@/env";
import { changePassword, signOutEverywhere } from "@/server/services/account/change-account";
import { registerUser } from "@/server/services/account/register-user";
import { setStatus } from "@/server/services/admin/change-user";
import { getUser } from "@/server/services/admin/get-user";
import { databaseCalls } from "../../../tests/database-calls";
import { eventually, newKey, person } from "../../../tests/studio";
import { nextAuthOptions } from "./next-auth-options";
import { lastCaller, readSession } from "./session";

const password = "correct horse battery";
const MINUTE_MS = 60_000;

beforeEach(() => vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

/** Somebody new. */
async function newcomer(): Promise<{ id: string; email: string }> {
  const email = `${newKey().toLowerCase()}@example.org`;
  await registerUser({ email, password }, { address: "192.0.2.1", requestId: "registration-1" });
  const user = await User.findOne({ email }).lean();
  return { id: user?._id ?? "", email };
}

/** Signs in as the page does, with that browser. @returns the headers of its next requests, and its token. */
async function signIn(email: string, userAgent: string) {
  const [credentials] = nextAuthOptions.providers;
  const user = await credentials?.options.authorize({ email, password }, { headers: { "user-agent": userAgent } });
  const token = await nextAuthOptions.callbacks?.jwt?.({ token: {}, user, account: null });
  const cookie = await encode({ token, secret: env.NEXTAUTH_SECRET });
  return { headers: new Headers({ cookie: `next-auth.session-token=${cookie}` }), token: token ?? {} };
}

const browsersOf = async (userId: string) => (await getUser(userId)).sessions.map(({ userAgent }) => userAgent);

describe("the browsers somebody is signed in with", () => {
  test("are listed, the last used first, until they are signed out", async () => {
    const { id, email } = await newcomer();
    const firefox = await signIn(email, "Firefox");
    vi.advanceTimersByTime(MINUTE_MS);
    await signIn(email, "Safari");
    expect(await browsersOf(id)).toEqual(["Safari", "Firefox"]);
    vi.advanceTimersByTime(6 * MINUTE_MS);
    await readSession(firefox.headers);
    await eventually(async () => expect(await browsersOf(id)).toEqual(["Firefox", "Safari"]));
    await nextAuthOptions.events?.signOut?.({ token: firefox.token, session: { expires: "" } });
    expect(await browsersOf(id)).toEqual(["Safari"]);
  });

  test.each([
    ["signing out everywhere", (id: string) => signOutEverywhere(id)],
    [
      "a new password",
      (id: string) => changePassword(id, { currentPassword: password, newPassword: "brand new pass" }),
    ],
  ])("count no more after %s", async (_, end) => {
    const { id, email } = await newcomer();
    const { headers } = await signIn(email, "Firefox");
    await end(id);
    expect(await browsersOf(id)).toEqual([]);
    expect(await readSession(headers)).toBeNull();
  });

  test("count no more while they are suspended, nor after: they sign in anew", async () => {
    const { id, email } = await newcomer();
    const { headers } = await signIn(email, "Firefox");
    const operator = await person({ role: "ADMIN" });
    await setStatus(operator, { userId: id, status: "suspended", reason: "Abuse" });
    expect(await browsersOf(id)).toEqual([]);
    expect(await readSession(headers)).toMatchObject({ status: "suspended" });
    await setStatus(operator, { userId: id, status: "active", reason: "A mistake" });
    expect(await browsersOf(id)).toEqual([]);
    expect(await readSession(headers)).toBeNull();
    await signIn(email, "Firefox");
    expect(await browsersOf(id)).toEqual(["Firefox"]);
  });

  test("count no more once their cookie is over, however well it was known", async () => {
    const { email } = await newcomer();
    const { headers } = await signIn(email, "Firefox");
    expect(await readSession(headers)).toMatchObject({ email });
    vi.setSystemTime(Date.now() + 31 * 24 * 60 * MINUTE_MS);
    expect(await readSession(headers)).toBeNull();
  });

  test("do not bring a failed sign-in with them", async () => {
    const { id, email } = await newcomer();
    const [credentials] = nextAuthOptions.providers;
    expect(await credentials?.options.authorize({ email, password: "wrong password" }, { headers: {} })).toBeNull();
    expect(await Session.countDocuments({ userId: id })).toBe(0);
  });
});

describe("who called last", () => {
  test("is known by their cookie once they were let in, until they are not", async () => {
    const { id, email } = await newcomer();
    const { headers } = await signIn(email, "Firefox");
    expect(lastCaller(headers)).toBeUndefined();
    await readSession(headers);
    expect(lastCaller(headers)).toEqual({ id, role: "USER" });
    await signOutEverywhere(id);
    await readSession(headers);
    expect(lastCaller(headers)).toBeUndefined();
  });
});

test("whose cookie is over called last no more: nothing is taken of theirs", async () => {
  const { email } = await newcomer();
  const { headers } = await signIn(email, "Firefox");
  await readSession(headers);
  expect(lastCaller(headers)).toBeDefined();
  vi.advanceTimersByTime(31 * 24 * 60 * MINUTE_MS);
  expect(lastCaller(headers)).toBeUndefined();
});

describe("a request", () => {
  test("costs one read of the database, and writes that somebody was here every few minutes at most", async () => {
    const { id, email } = await newcomer();
    const { headers } = await signIn(email, "Firefox");
    const seenAt = new Date();
    const seen = () =>
      eventually(async () => expect(await User.exists({ _id: id, lastSeenAt: seenAt })).not.toBeNull());
    const calls = await databaseCalls(() => readSession(headers).then(seen));
    expect(calls[0]).toBe("users findOne");
    expect(calls.filter((call) => !call.includes("find"))).toEqual(["users updateOne", "sessions updateOne"]);
    vi.advanceTimersByTime(4 * MINUTE_MS);
    // What the first one began would be seen during the second.
    const later = await databaseCalls(() => readSession(headers).then(() => readSession(headers)));
    expect(later).toEqual(["users findOne", "users findOne"]);
    vi.advanceTimersByTime(2 * MINUTE_MS);
    await readSession(headers);
    await eventually(async () => {
      const { lastSeenAt } = (await User.findById(id).lean()) ?? {};
      expect(lastSeenAt?.getTime()).toBe(seenAt.getTime() + 6 * MINUTE_MS);
    });
  });

  test("does not wait for that, and goes well without it", async () => {
    const { id, email } = await newcomer();
    const { headers } = await signIn(email, "Firefox");
    const never = new Promise<never>(() => undefined);
    const write = vi.spyOn(Session, "updateOne").mockReturnValue(never as never);
    expect(await readSession(headers)).toMatchObject({ id });
    write.mockRejectedValue(new Error("the database is away"));
    vi.advanceTimersByTime(6 * MINUTE_MS);
    expect(await readSession(headers)).toMatchObject({ id });
    write.mockRestore();
  });
});
