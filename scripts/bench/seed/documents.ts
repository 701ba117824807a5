import type { AccountDoc, ConversationDoc, ImageDoc, LedgerEntryDoc, MessageDoc, UserDoc } from "@models";

const BEGIN = Date.UTC(2025, 0, 1);
const CREDITS = 1_000_000_000;

/** The time of the so-manyth thing of a kind. */
const at = (index: number) => new Date(BEGIN + index * 1_000);

export const personId = (index: number) => `bench-${String(index).padStart(7, "0")}`;
export const conversationId = (index: number) => `c_bench-${index}`;
const messageId = (conversation: number, index: number) => `m_bench-${conversation}-${index}`;

/** Everything belongs to the first of the people. */
const OWNER = personId(0);

export function userOf(index: number): UserDoc {
  const id = personId(index);
  return {
    _id: id,
    email: `${id}@example.org`,
    name: `Reader ${index}`,
    terms: [id, "reader", String(index)],
    passwordHash: "nobody signs in with it",
    role: "USER",
    status: "active",
    sessionVersion: 1,
    createdAt: at(index),
    lastSeenAt: at(index),
  };
}

export function accountOf(index: number): AccountDoc {
  return {
    _id: personId(index),
    available: CREDITS,
    held: 0,
    owed: 0,
    rev: 1,
    holds: [],
    closed: [],
    applied: ["sign-up-bonus"],
    outbox: [],
  };
}

export function conversationOf(index: number): ConversationDoc {
  return {
    _id: conversationId(index),
    userId: OWNER,
    title: `Conversation ${index}`,
    terms: ["conversation", String(index)],
    createdAt: at(index),
    updatedAt: at(index),
    removedAt: null,
  };
}

export function messageOf(conversation: number, index: number): MessageDoc {
  const isQuestion = index % 2 === 0;
  return {
    _id: messageId(conversation, index),
    conversationId: conversationId(conversation),
    userId: OWNER,
    ...(index > 0 && { parentId: messageId(conversation, index - 1) }),
    role: isQuestion ? "user" : "assistant",
    content: `${isQuestion ? "What about" : "There is this to say of"} the ${index}th colour of ink, and of the paper?`,
    status: "complete",
    tier: "fast",
    ...(!isQuestion && {
      provider: "gemini",
      model: "bench",
      fallback: false,
      sandbox: true,
      cached: false,
      charged: 1,
    }),
    requestId: "bench",
    createdAt: at(index),
  };
}

export function imageOf(index: number): ImageDoc & { createdAt: Date } {
  return {
    _id: `i_bench-${index}`,
    userId: OWNER,
    generationId: `g_bench-${index}`,
    prompt: `A still life with ${index} bottles of ink`,
    terms: ["still", "life", "bottles", "ink", String(index)],
    aspectRatio: "1:1",
    publicId: `inkwell/bench-${index}`,
    url: `https://images.example.org/bench-${index}.webp`,
    width: 1_024,
    height: 1_024,
    bytes: 90_000,
    charged: 1,
    sandbox: true,
    published: true,
    requestId: "bench",
    createdAt: at(index),
    removedAt: null,
  };
}

export function entryOf(index: number): LedgerEntryDoc {
  const isHold = index % 2 === 0;
  return {
    _id: `bench-${index}:${isHold ? "HOLD" : "CAPTURE"}`,
    userId: OWNER,
    type: isHold ? "HOLD" : "CAPTURE",
    deltaAvailable: isHold ? -1 : 0,
    deltaHeld: isHold ? 1 : -1,
    deltaOwed: 0,
    reason: isHold ? "Set aside for an answer" : "Answer delivered",
    ref: `bench-${index}`,
    requestId: "bench",
    at: at(index),
  };
}
