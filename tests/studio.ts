import { Account, LedgerEntry, Operation, User } from "@models";
import { encode } from "next-auth/jwt";
import { env } from "@/env";
import type { Actor } from "@/server/lib/actor";
import { newId, newRequestId } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { sendMessage } from "@/server/services/chat/send-message";
import { closeNow } from "@/server/services/credits/close-settled";
import { openAccount } from "@/server/services/credits/open-account";
import { generateImage } from "@/server/services/image/generate-image";
import { type ChatEvent, sendMessageInput } from "@/shared/chat";
import type { Role } from "@/shared/entitlements";
import { generateImageInput, type ImageEvent } from "@/shared/image";
import type { Sandbox } from "../src/sandbox";

/** The sandbox of this test file. */
export function sandbox(): Sandbox {
  const world = globalThis.inkwellWorld;
  if (!world) throw new Error("This test needs the services project's set-up file.");
  return world.sandbox;
}

/** A signed-in person with so many credits, as services see one. */
export async function person({ credits = 10, role = "USER" as Role } = {}): Promise<Actor> {
  const id = newId();
  await User.insertOne({
    _id: id,
    email: `${id.toLowerCase()}@example.org`,
    name: "Test Person",
    passwordHash: "not a hash",
    role,
    status: "active",
    sessionVersion: 1,
    createdAt: new Date(),
    lastSeenAt: new Date(),
    terms: [],
  });
  await openAccount(id, newRequestId());
  // The bonus is a setting; what the test asks for is what the person has, in account and ledger alike.
  const grant = `sign-up-bonus:${id}:GRANT`;
  await Account.updateOne({ _id: id }, { $set: { available: credits } });
  await LedgerEntry.updateOne({ _id: grant }, { $set: { deltaAvailable: credits } });
  return { user: { id, role }, requestId: newRequestId(), log: logger };
}

/** Headers of a browser in which this person is signed in. */
export async function cookieOf(userId: string, sessionVersion = 1): Promise<Headers> {
  const token = await encode({ token: { sub: userId, sessionVersion }, secret: env.NEXTAUTH_SECRET });
  return new Headers({ cookie: `next-auth.session-token=${token}` });
}

export const newKey = () => newId();

/** A message's input, with a prompt nobody asked before unless one is given. */
export function message(fields: Partial<Parameters<typeof sendMessageInput.parse>[0] & object> = {}) {
  return sendMessageInput.parse({ content: `Tell me about ${newId()}`, idempotencyKey: newKey(), ...fields });
}

export function picture(fields: object = {}) {
  return generateImageInput.parse({
    prompt: `A harbour at night ${newId()}`,
    aspectRatio: "1:1",
    count: 1,
    idempotencyKey: newKey(),
    ...fields,
  });
}

export const never = () => new AbortController().signal;

/** Every event of a stream; what was settled with it is in the ledger then. */
export async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  await closeNow();
  return all;
}

export const send = async (actor: Actor, fields: Parameters<typeof message>[0] = {}): Promise<ChatEvent[]> =>
  collect(await sendMessage(actor, message(fields), never()));

export const generate = async (actor: Actor, fields: object = {}): Promise<ImageEvent[]> =>
  collect(await generateImage(actor, picture(fields), never()));

/** The text a reader of the events ends up with. */
export function textOf(events: ChatEvent[]): string {
  let text = "";
  for (const event of events) {
    if (event.type === "delta" || event.type === "snapshot") text = text.slice(0, event.seq) + event.text;
  }
  return text;
}

/** The last event of a kind, or a failure that shows what came instead. */
export function the<E extends { type: string }, T extends E["type"]>(events: E[], type: T): Extract<E, { type: T }> {
  const found = events.findLast((event): event is Extract<E, { type: T }> => event.type === type);
  if (!found) throw new Error(`no ${type} event in ${JSON.stringify(events)}`);
  return found;
}

/** Resolves as soon as `check` does not throw; throws its last error after `ms`. */
export async function eventually<T>(check: () => Promise<T>, ms = 15_000): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Every way a person's books can be wrong, in words; empty when they are right. */
export async function bookProblems(userId: string): Promise<string[]> {
  const account = await Account.findById(userId).lean();
  if (!account) return ["no account"];
  const ledger = await LedgerEntry.find({ userId }).lean();
  const known = new Set(ledger.map(({ _id }) => _id));
  const entries = [...ledger, ...account.outbox.filter(({ _id }) => !known.has(_id))];
  const sum = (field: "deltaAvailable" | "deltaHeld" | "deltaOwed") =>
    entries.reduce((total, entry) => total + entry[field], 0);
  const problems: string[] = [];
  const expect = (what: string, is: number, ought: number) =>
    is === ought || problems.push(`${what}: ${is}, not ${ought}`);
  expect("available", account.available, sum("deltaAvailable"));
  expect("held", account.held, sum("deltaHeld"));
  expect("owed", account.owed, sum("deltaOwed"));
  expect(
    "held against holds",
    account.held,
    account.holds.reduce((total, hold) => total + hold.amount, 0),
  );
  expect("rev", account.rev, entries.length);
  for (const entry of entries.filter(({ type }) => type === "CAPTURE")) {
    const operation = await Operation.findById(entry.ref).lean();
    if (operation?.state !== "DONE") problems.push(`captured but ${operation?.state}: ${entry.ref}`);
  }
  return problems;
}
