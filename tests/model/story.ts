import { Account, LedgerEntry, User } from "@models";
import type { Actor } from "@/server/lib/actor";
import { newId, newRequestId, shortHash } from "@/server/lib/ids";
import { logger } from "@/server/lib/logger";
import { SIGN_UP_BONUS } from "@/server/services/credits/open-account";
import type { Script } from "./scripted-chat";
import type { Worker } from "./worker";

/** Something credits were to be used for, as its user asked for it. */
export interface Use {
  actor: Actor;
  key: string;
  operationId: string;
  messageId: string;
  question: string;
  tier: "fast" | "smart";
  /** What a whole answer costs. */
  price: number;
  script: Script;
  /** Somebody else's answer to the same question was kept at some time. */
  wasAnsweredElsewhere: boolean;
  wasStopped: boolean;
  /** Asks for it, in these words. */
  send: (question: string) => Promise<unknown>;
  workers: Worker[];
}

export interface Adjustment {
  actor: Actor;
  amount: number;
  key: string;
  entryId: string;
  workers: Worker[];
}

/** An order, and what happened to its money at PayPal. Amounts are in cents. */
export interface Order {
  actor: Actor;
  orderId: string;
  credits: number;
  amount: number;
  payment: "completed" | "pending" | "declined";
  refunded: number;
  dispute?: { id: string; state: "open" | "won" | "lost" };
}

/**
 * The model: what people asked for, and what happened outside. It knows nothing of holds, decisions and outboxes; in
 * the end it says what everyone must have.
 */
export class Story {
  readonly people: Actor[] = [];
  readonly admin: Actor = actor("ADMIN");
  readonly opening = new Map<string, number>();
  readonly uses: Use[] = [];
  readonly adjustments: Adjustment[] = [];
  readonly orders: Order[] = [];
  /** Workers that could take a step. */
  live = 0;

  get ids(): string[] {
    return this.people.map(({ user }) => user.id);
  }

  person(choice: number): Actor {
    return the(this.people, choice);
  }
}

/** The item at a chosen place, round and round. */
export function the<T>(items: readonly T[], choice: number): T {
  const item = items[choice % items.length];
  if (item === undefined) throw new Error("there is nothing to choose from");
  return item;
}

/** What they begin with. The last of them is new and has no account yet. */
const OPENING = [4, 1, undefined];

/** A few people with little money, so that it runs out. */
export async function newStory(): Promise<Story> {
  const story = new Story();
  const grants = OPENING.map((credits) => {
    const person = actor("SUBSCRIBER");
    story.people.push(person);
    story.opening.set(person.user.id, credits ?? 0);
    return { userId: person.user.id, credits };
  }).filter((grant): grant is { userId: string; credits: number } => grant.credits !== undefined);
  const accounts = grants.map(({ userId: _id, credits: available }) => {
    return { _id, available, held: 0, owed: 0, rev: 1, holds: [], closed: [], applied: ["opening"], outbox: [] };
  });
  const entries = grants.map(({ userId, credits: deltaAvailable }) => {
    const sums = { deltaAvailable, deltaHeld: 0, deltaOwed: 0 };
    const words = { reason: "Opening", ref: SIGN_UP_BONUS, requestId: newRequestId(), at: new Date() };
    return { _id: `opening:${userId}:GRANT`, userId, type: "GRANT" as const, ...sums, ...words };
  });
  await Promise.all([
    Account.insertMany(accounts),
    LedgerEntry.insertMany(entries),
    User.insertMany(story.people.map(userOf)),
  ]);
  return story;
}

function actor(role: Actor["user"]["role"]): Actor {
  return { user: { id: newId(), role }, requestId: newRequestId(), log: logger };
}

function userOf({ user: { id, role } }: Actor) {
  const email = `${id.toLowerCase()}@example.org`;
  const now = new Date();
  const rest = { passwordHash: "not a hash", status: "active" as const, sessionVersion: 1, createdAt: now };
  return { _id: id, email, name: "Somebody", role, ...rest, lastSeenAt: now };
}

/** The ids under which an operation stands, as everything it makes derives from them. */
export function idsOf(user: Actor, key: string): { operationId: string; messageId: string } {
  const operationId = `${user.user.id}:${key}`;
  return { operationId, messageId: `m_${shortHash(operationId)}` };
}
