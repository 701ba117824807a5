import { Schema } from "mongoose";
import type { ChatMessage } from "../src/shared/chat";
import { defineModel, schemaOptions } from "./define-model";

/** One message. Messages form a tree by `parentId`: siblings are edits or regenerations. */
export interface MessageDoc extends Omit<ChatMessage, "id"> {
  _id: string;
  userId: string;
  /** The operation that pays for an answer. */
  operationId?: string;
  /** Set by whoever wants a running answer to end; whichever process writes it looks at its checkpoints. */
  stopRequested?: boolean;
}

const schema = new Schema<MessageDoc>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    userId: { type: String, required: true },
    parentId: String,
    role: { type: String, enum: ["user", "assistant"], required: true },
    // An answer begins empty, which `required` would refuse.
    content: { type: String, default: "" },
    status: { type: String, enum: ["streaming", "complete", "stopped", "interrupted", "failed"], required: true },
    tier: String,
    provider: String,
    model: String,
    fallback: Boolean,
    sandbox: Boolean,
    cached: Boolean,
    charged: Number,
    errorCode: String,
    requestId: { type: String, required: true },
    operationId: String,
    stopRequested: Boolean,
    createdAt: { type: Date, required: true },
  },
  schemaOptions,
);
schema.index({ conversationId: 1, createdAt: -1, _id: -1 });
schema.index({ status: 1, createdAt: 1 }, { partialFilterExpression: { status: "streaming" } });

export const Message = defineModel("Message", schema);
