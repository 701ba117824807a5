import { Account, LedgerEntry, Marker, Message, User } from "@models";
import { beforeEach, describe, expect, test } from "vitest";
import { bookProblems, generate, newKey, person, send, the } from "../../../../tests/studio";
import { changePassword, signOutEverywhere } from "./change-account";
import { deleteAccount } from "./delete-account";
import { registerUser } from "./register-user";
import { signInWithPassword } from "./sign-in-with-password";

const origin = { address: "192.0.2.1", requestId: "registration-1" };
const password = "correct horse battery";
const newEmail = () => `${newKey().toLowerCase()}@example.org`;
const register = (email: string, fields = {}) => registerUser({ email, password, ...fields }, origin);
const signIn = (email: string, secret = password) => signInWithPassword({ email, password: secret, ...origin });
const userOf = async (email: string) => {
  const user = await User.findOne({ email }).lean();
  if (!user) throw new Error(`no user ${email}`);
  return user;
};

describe("registering", () => {
  beforeEach(async () => {
    await Promise.all([Marker.deleteMany(), User.deleteMany()]);
  });

  test("makes a user with ten free credits, in account and ledger", async () => {
    const email = newEmail();
    await register(email);
    const { _id, passwordHash } = await userOf(email);
    expect(passwordHash).toMatch(/^\$argon2id\$/);
    expect(await Account.findById(_id).lean()).toMatchObject({ available: 10, held: 0, owed: 0, outbox: [] });
    expect(await LedgerEntry.find({ userId: _id }).lean()).toMatchObject([
      { type: "GRANT", deltaAvailable: 10, requestId: "registration-1" },
    ]);
    expect(await bookProblems(_id)).toEqual([]);
  });

  test("20 at once: exactly one is the ADMIN, and stays the only one", async () => {
    await Promise.all(Array.from({ length: 20 }, () => register(newEmail())));
    expect(await User.countDocuments({ role: "ADMIN" })).toBe(1);
    expect(await User.countDocuments({ role: "USER" })).toBe(19);
  });

  test("a taken address gets the same answer and changes nothing", async () => {
    const email = newEmail();
    const first = await register(email);
    const before = await userOf(email);
    expect(await register(email, { password: "another password" })).toEqual(first);
    expect(await userOf(email)).toEqual(before);
    expect(await Account.countDocuments({ _id: before._id })).toBe(1);
  });

  test("cut short by a crash is made good at the next sign-in, once", async () => {
    const email = newEmail();
    await register(email);
    const { _id } = await userOf(email);
    await Promise.all([Account.deleteOne({ _id }), LedgerEntry.deleteMany({ userId: _id })]);
    await User.updateOne({ _id }, { $set: { role: "USER" } });
    await Marker.updateOne({ _id: "first-admin" }, { $set: { applied: false } });
    await signIn(email);
    await signIn(email);
    expect(await Account.findById(_id).lean()).toMatchObject({ available: 10 });
    expect(await userOf(email)).toMatchObject({ role: "ADMIN" });
    expect(await bookProblems(_id)).toEqual([]);
  });
});

describe("signing in", () => {
  test("takes the right password only, and never a suspended account", async () => {
    const email = newEmail();
    await register(email);
    expect(await signIn(email)).toMatchObject({ email, sessionVersion: 1 });
    expect(await signIn(email, "wrong password")).toBeNull();
    expect(await signIn(newEmail())).toBeNull();
    await User.updateOne({ email }, { $set: { status: "suspended" } });
    expect(await signIn(email)).toBeNull();
  });

  test("a new password ends every session and replaces the old one", async () => {
    const email = newEmail();
    await register(email);
    const { _id } = await userOf(email);
    await expect(
      changePassword(_id, { currentPassword: "wrong", newPassword: "brand new pass" }),
    ).rejects.toMatchObject({
      code: "VALIDATION",
      fieldErrors: { currentPassword: [expect.any(String)] },
    });
    await changePassword(_id, { currentPassword: password, newPassword: "brand new pass" });
    expect(await signIn(email)).toBeNull();
    expect(await signIn(email, "brand new pass")).toMatchObject({ sessionVersion: 2 });
    await signOutEverywhere(_id);
    expect(await userOf(email)).toMatchObject({ sessionVersion: 3 });
  });
});

describe("deleting an account", () => {
  test("takes everything they wrote and made, keeps the books, and asks for the password", async () => {
    const email = newEmail();
    await register(email);
    const { _id } = await userOf(email);
    await User.updateOne({ _id }, { $set: { role: "USER" } });
    const actor = { ...(await person()), user: { id: _id, role: "USER" as const } };
    const { conversationId } = the(await send(actor), "start");
    the(await generate(actor), "done");
    await expect(deleteAccount(actor, "wrong password")).rejects.toMatchObject({ code: "VALIDATION" });
    await deleteAccount(actor, password);
    expect(await User.countDocuments({ _id })).toBe(0);
    expect(await Message.countDocuments({ conversationId })).toBe(0);
    expect(await bookProblems(_id)).toEqual([]);
    expect(await signIn(email)).toBeNull();
  });

  test("is refused to the only administrator", async () => {
    await User.deleteMany({ role: "ADMIN" });
    const email = newEmail();
    await register(email);
    const { _id } = await userOf(email);
    await User.updateOne({ _id }, { $set: { role: "ADMIN" } });
    const actor = { ...(await person()), user: { id: _id, role: "ADMIN" as const } };
    await expect(deleteAccount(actor, password)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
