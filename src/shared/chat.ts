import { z } from "zod";
import { CHAT_CONTENT_MAX, CHAT_TIERS } from "./chat-limits";
import { balance, cursorInput, idempotencyKey, itemId, streamError } from "./common";

export const chatTier = z.enum(CHAT_TIERS);
export type ChatTier = z.infer<typeof chatTier>;

export const sendMessageInput = z
  .strictObject({
    /** Absent: a new conversation is begun. */
    conversationId: itemId.optional(),
    content: z
      .string()
      .min(1)
      .max(CHAT_CONTENT_MAX)
      .refine((text) => text.trim().length > 0, "Write a message first."),
    model: chatTier.default("fast"),
    idempotencyKey,
    /** Ask the provider even when the same question was answered within the last day. */
    skipCache: z.boolean().default(false),
    /** What the button said it would cost; CONFLICT when the price has changed since. */
    expectedCost: z.int().min(0).optional(),
    /** The message this one follows, on the branch being read; absent: the conversation's newest. */
    parentId: itemId.optional(),
    /** An answer to be given again: the new one becomes its sibling. `content` must be that of its question. */
    regenerateOf: itemId.optional(),
    /** A question to be asked differently: the new one becomes its sibling. */
    editOf: itemId.optional(),
  })
  .refine((input) => !(input.regenerateOf && input.editOf), {
    path: ["editOf"],
    message: "Give either regenerateOf or editOf, not both.",
  })
  .refine((input) => !(input.regenerateOf || input.editOf) || input.conversationId, {
    path: ["conversationId"],
    message: "Name the conversation the message belongs to.",
  });
export type SendMessageInput = z.infer<typeof sendMessageInput>;

export const MESSAGE_STATUSES = ["streaming", "complete", "stopped", "interrupted", "failed"] as const;

export const chatMessage = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** The message this one follows; absent for a conversation's first. Siblings are edits or regenerations. */
  parentId: z.string().optional(),
  role: z.enum(["user", "assistant"]),
  content: z.string(),
  status: z.enum(MESSAGE_STATUSES),
  tier: chatTier.optional(),
  provider: z.string().optional(),
  model: z.string().optional(),
  /** Another provider was asked first and could not answer. */
  fallback: z.boolean().optional(),
  sandbox: z.boolean().optional(),
  cached: z.boolean().optional(),
  charged: z.int().optional(),
  errorCode: z.string().optional(),
  requestId: z.string(),
  createdAt: z.date(),
});
export type ChatMessage = z.infer<typeof chatMessage>;

export const chatEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("start"),
    conversationId: z.string(),
    userMessageId: z.string(),
    messageId: z.string(),
    requestId: z.string(),
    quotedCost: z.int(),
  }),
  z.object({
    type: z.literal("provider"),
    provider: z.string(),
    model: z.string(),
    fallback: z.boolean(),
    sandbox: z.boolean(),
  }),
  /** `seq`: how many characters of the answer came before this text. */
  z.object({ type: z.literal("delta"), seq: z.int(), text: z.string() }),
  /** Everything so far, for one who joins late; replaces what was shown from `seq` on. */
  z.object({ type: z.literal("snapshot"), seq: z.int(), text: z.string() }),
  z.object({ type: z.literal("done"), message: chatMessage, charged: z.int(), cached: z.boolean(), balance }),
  streamError,
]);
export type ChatEvent = z.infer<typeof chatEvent>;

export const conversation = z.object({
  id: z.string(),
  title: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Conversation = z.infer<typeof conversation>;

export const listConversationsInput = cursorInput.extend({ removed: z.boolean().default(false) });
export const searchConversationsInput = cursorInput.extend({ query: z.string().trim().min(1).max(200) });
export const conversationPage = z.object({ items: z.array(conversation), nextCursor: z.string().optional() });

/** Pages messages backwards: the newest `limit`, then those before `cursor`. Within a page, oldest first. */
export const getConversationInput = cursorInput.extend({
  conversationId: itemId,
  limit: z.int().min(1).max(200).default(100),
});
export const conversationWithMessages = z.object({
  conversation,
  messages: z.array(chatMessage),
  nextCursor: z.string().optional(),
});

export const conversationIdInput = z.strictObject({ conversationId: itemId });
export const renameConversationInput = z.strictObject({
  conversationId: itemId,
  title: z.string().trim().min(1, "Give it a name.").max(120),
});
export const messageIdInput = z.strictObject({ messageId: itemId });
export const resumeInput = z.strictObject({ messageId: itemId, lastEventId: z.string().max(40).nullish() });
export const stopOutput = z.object({ stopped: z.boolean() });
